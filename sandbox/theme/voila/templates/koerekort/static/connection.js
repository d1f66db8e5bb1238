/* Tells when the page has lost its kernel or its server, tries again, and says when the page must be loaded anew.
   What a learner has answered meanwhile is the exercises' matter; it stays in the browser. */
"use strict";

document.addEventListener("kk-ready", () => {
  const RETRY_MS = 3000;
  const kernel = window.jupyterapp?.widgetManager?.kernel;
  if (!kernel) return;
  const bar = document.getElementById("kk-status");
  const again = document.getElementById("kk-again");
  let state = "connected";

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
      else if (answer.status !== 200) { gone(); return; }
    } catch { /* the server is away: ask again */ }
    setTimeout(look, RETRY_MS);
  };

  kernel.connectionStatusChanged.connect((_, status) => { if (status === "connected") back(); else lost(); });
  // a kernel that is started again is empty: it knows nothing of this page
  kernel.statusChanged.connect((_, status) => {
    if (["restarting", "autorestarting", "dead", "terminating"].includes(status)) gone();
  });
});
