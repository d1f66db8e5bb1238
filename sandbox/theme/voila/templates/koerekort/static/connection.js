/* Tells when the page has lost its server or its kernel, tries again, gets another kernel, and says when only loading the
   page anew helps. What a learner has answered meanwhile is the exercises' matter; it stays in the browser. */
"use strict";

document.addEventListener("kk-ready", () => {
  const RETRY_MS = 3000;
  const TRIES = 5;
  const manager = window.jupyterapp?.widgetManager;
  let kernel = manager?.kernel;
  if (!kernel) return;
  const bar = document.getElementById("kk-status");
  const again = document.getElementById("kk-again");
  let state = "connected";
  let tries = 0;

  const say = (next, text, button) => {
    state = next;
    bar.className = `kk-status kk-${next}`;
    document.getElementById("kk-status-text").textContent = text;
    again.hidden = !button;
  };
  const lost = () => {
    if (state !== "connected") return;
    say("lost", kk.text("connection.lost"), false);
    setTimeout(look, RETRY_MS);
  };
  const gone = () => say("gone", kk.text("connection.gone"), true);
  const back = () => { if (state === "lost") say("connected", kk.text("connection.back"), false); };

  const look = async () => {
    if (state !== "lost") return;
    try {
      const answer = await fetch(`${kk.config.base}api/kernels/${kernel.id}`, { redirect: "manual" });
      if (answer.status === 200 && kernel.connectionStatus === "disconnected") await kernel.reconnect();
      else if (answer.status !== 200) { empty(); return; }
    } catch { /* the server is away: ask again */ }
    setTimeout(look, RETRY_MS);
  };

  /** There is no kernel any more, or one that knows nothing of this page. */
  const empty = () => {
    if (state === "reviving" || state === "gone") return;
    say("reviving", kk.text("connection.reviving"), false);
    tries = 0;
    revive();
  };

  /** Not for a page that nobody sees: its kernel would live for ever. */
  const revive = async () => {
    if (document.visibilityState !== "visible") {
      document.addEventListener("visibilitychange", revive, { once: true });
      return;
    }
    try {
      const fresh = await kk.revive(manager);
      if (!fresh) { gone(); return; }
      kernel = fresh;
      say("connected", kk.text("connection.revived"), false);
      watch(kernel);
    } catch {
      tries += 1;
      if (tries < TRIES) setTimeout(revive, RETRY_MS);
      else gone();
    }
  };

  const watch = (one) => {
    one.connectionStatusChanged.connect((_, status) => {
      if (one !== kernel) return;
      if (status === "connected") back();
      else lost();
    });
    // a kernel that is started again is empty: it knows nothing of this page
    one.statusChanged.connect((_, status) => {
      if (one === kernel && ["restarting", "autorestarting", "dead", "terminating"].includes(status)) empty();
    });
  };
  watch(kernel);
});
