// Keeps one answer safe: in the browser from the moment it is given until the kernel says it is on the disk.
// It does not know what kind of answer it is.

const TYPING_MS = 400;
const LATE_MS = 3000;

class Saver {
  /** `key` names the answer in the browser; `show(state, text)` tells the learner. */
  constructor({ key, labels, hub, send, show }) {
    Object.assign(this, { key, labels, hub, send, show });
    this.pending = recall(key);
    this.kept = true;
    hub.savers.add(this);
    if (this.pending) this.deliver();
  }

  /** Take a new answer: kept in the browser at once, sent at once or, while typing, a moment later. */
  change(value, confidence, typed) {
    this.pending = { value, confidence, stamp: `${Date.now()}-${Math.random().toString(36).slice(2, 10)}` };
    this.kept = keep(this.key, this.pending);
    if (!this.kept) this.hub.notice(this.labels["save.no-storage"]);
    this.show("saving", this.labels["save.saving"]);
    clearTimeout(this.typing);
    this.typing = setTimeout(() => this.deliver(), typed ? TYPING_MS : 0);
  }

  /** Send what waits for the learner to stop typing. */
  flush() {
    if (this.typing && this.pending) this.deliver();
  }

  deliver() {
    clearTimeout(this.typing);
    this.typing = null;
    clearTimeout(this.late);
    this.late = setTimeout(() => this.showLate(), LATE_MS);
    this.hub.ask(this.key, () => this.pending && this.send({ type: "answer", ...this.pending }));
  }

  showLate() {
    if (this.pending) this.show("late", this.labels[this.kept ? "save.late" : "save.late-unkept"]);
  }

  /** The kernel has the answer with this stamp on the disk; an older stamp says nothing of a newer answer. */
  saved(stamp) {
    this.hub.heard(this.key);
    if (this.pending?.stamp !== stamp) return;
    const emptied = this.pending.value === null;
    this.clear();
    forget(this.key, stamp);
    this.show(emptied ? "none" : "saved", emptied ? "" : this.labels["save.saved"]);
    this.hub.dispatchEvent(new Event("saved"));
  }

  /** The kernel could not save; the answer stays in the browser, and is sent again when the page comes back. */
  refused(stamp, text) {
    this.hub.heard(this.key);
    if (this.pending?.stamp !== stamp) return;
    clearTimeout(this.late);
    this.hub.done(this.key);
    this.show("late", text);
    this.retry = setTimeout(() => this.pending && !this.typing && this.hub.ask(this.key, () => this.resend()), RESEND_MS);
  }

  /** The guard found personal data in the text: it is on no disk, and leaves the browser's store too. */
  held(stamp, text) {
    this.hub.heard(this.key);
    if (this.pending?.stamp !== stamp) return false;
    clearTimeout(this.late);
    this.hub.done(this.key);
    forget(this.key, stamp);
    this.show("late", text);
    return true;
  }

  resend() {
    if (this.pending) this.send({ type: "answer", ...this.pending });
  }

  clear() {
    clearTimeout(this.late);
    clearTimeout(this.retry);
    this.pending = null;
    this.hub.done(this.key);
  }

  stop() {
    clearTimeout(this.typing);
    clearTimeout(this.retry);
    clearTimeout(this.late);
    this.hub.savers.delete(this);
    this.hub.waiting.delete(this.key);
  }
}

function keep(key, pending) {
  try {
    localStorage.setItem(key, JSON.stringify(pending));
    return true;
  } catch {
    return false;
  }
}

function recall(key) {
  try {
    const pending = JSON.parse(localStorage.getItem(key));
    return pending && typeof pending.stamp === "string" ? pending : null;
  } catch {
    return null;
  }
}

/** Another tab may have kept a newer answer under the same key; that one stays. */
function forget(key, stamp) {
  try {
    if (recall(key)?.stamp === stamp) localStorage.removeItem(key);
  } catch {
    // Nothing was kept.
  }
}
