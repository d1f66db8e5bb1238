// What the widgets of one page share: who waits for the kernel, the banner, and notices.
// Each widget's script is its own module, so the one hub hangs on globalThis. It does not know what an answer is.

const RESEND_MS = 4000;
const GIVE_UP_MS = 10000;
const GIVE_UP_TRIES = 3;

class Hub extends EventTarget {
  constructor(labels) {
    super();
    this.labels = labels;
    this.waiting = new Map();
    this.savers = new Set();
    this.banner = null;
    this.probed = 0;
    setInterval(() => this.tick(), 1000);
    addEventListener("pagehide", () => this.flush());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.flush();
      else this.dispatchEvent(new Event("awake"));
    });
    addEventListener("pageshow", (event) => event.persisted && this.dispatchEvent(new Event("awake")));
  }

  /** Send now, and again every few seconds until `done(id)`. */
  ask(id, send) {
    const known = this.waiting.get(id);
    this.waiting.set(id, { send, since: known?.since ?? Date.now(), last: Date.now(), tries: (known?.tries ?? 0) + 1 });
    send();
  }

  /** The kernel has answered. */
  done(id) {
    this.waiting.delete(id);
    if (!this.lost().length) this.hideBanner();
  }

  /** The kernel is alive, though this was not the answer waited for. */
  heard(id) {
    const one = this.waiting.get(id);
    if (one) Object.assign(one, { since: Date.now(), tries: 1 });
    if (!this.lost().length) this.hideBanner();
  }

  lost() {
    const now = Date.now();
    return [...this.waiting.values()].filter((one) => one.tries >= GIVE_UP_TRIES && now - one.since >= GIVE_UP_MS);
  }

  tick() {
    for (const [id, one] of this.waiting) if (Date.now() - one.last >= RESEND_MS) this.ask(id, one.send);
    if (this.lost().length && !this.banner && !frameSaysSo() && Date.now() - this.probed >= RESEND_MS) this.probe();
  }

  /** A killed kernel starts again empty and never answers, while the server does: only a fresh page helps. */
  async probe() {
    this.probed = Date.now();
    try {
      const response = await fetch(new URL("static/favicon.ico", baseUrl()), { cache: "no-store", signal: AbortSignal.timeout(3000) });
      if (response.status < 500 && this.lost().length) this.showBanner();
    } catch {
      // No connection: the widgets say so, and go on sending.
    }
  }

  showBanner() {
    const reload = () => {
      this.flush();
      location.reload();
    };
    const button = h("button", { type: "button", class: "button button-primary", onclick: reload }, this.labels["banner.button"]);
    const text = h("p", { role: "alert" });
    this.banner = h("div", { class: "kx kx-banner" }, text, button);
    (document.querySelector("main") ?? document.body).prepend(this.banner);
    text.textContent = this.labels["banner.text"];
  }

  hideBanner() {
    this.banner?.remove();
    this.banner = null;
  }

  /** Say something that concerns the whole page, once. */
  notice(text) {
    const known = [...document.querySelectorAll(".kx-notice p")].some((node) => node.textContent === text);
    if (known) return;
    const node = h("p", { role: "alert" });
    (document.querySelector("main") ?? document.body).prepend(h("div", { class: "kx kx-notice alert alert-warning" }, node));
    node.textContent = text;
  }

  flush() {
    for (const saver of this.savers) saver.flush();
  }

  unsaved() {
    return [...this.savers].filter((saver) => saver.pending).length;
  }

  /** Wait until everything is saved; false when that took longer than `ms`. */
  async settled(ms) {
    this.flush();
    for (const end = Date.now() + ms; this.unsaved(); ) {
      if (Date.now() >= end) return false;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return true;
  }
}

/** Whether the page's own frame already asks the learner to load the page again. */
function frameSaysSo() {
  return document.querySelector("#kk-again:not([hidden])") !== null;
}

/** The page's one hub. */
function hub(labels) {
  return (globalThis.koerekort ??= new Hub(labels));
}

/** The address that the server's own files are under, in Voila and in JupyterLab. */
function baseUrl() {
  try {
    const config = JSON.parse(document.getElementById("jupyter-config-data").textContent);
    return new URL(config.baseUrl, location.href);
  } catch {
    return new URL("/", location.href);
  }
}

/** A function that sends to the kernel and does not fail when the kernel is gone: `ask` sends again. */
function sender(model) {
  return (message) => {
    try {
      Promise.resolve(model.send(message)).catch(() => {});
    } catch {
      // Sent again by the hub.
    }
  };
}
