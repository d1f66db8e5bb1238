/* Gives a page that has lost its kernel another one, and lets the widgets that stand on it talk to that one: nothing on
   the page is drawn anew, so nothing that was written is lost. It does not know what the widgets say. */
"use strict";

{
  const OUTPUT = 'script[type="application/vnd.voila.cell-output+json"]';
  const VIEW = "application/vnd.jupyter.widget-view+json";

  /** The models of the page's widgets, in the order in which they stand there. */
  const shown = (page) => [...page.querySelectorAll(OUTPUT)].map((script) => JSON.parse(script.textContent).data[VIEW]?.model_id).filter(Boolean);
  const first = shown(document);
  let kernelId = null;

  const goodbye = (id) => {
    const form = new FormData();
    form.append("_xsrf", (document.cookie.match(/\b_xsrf=([^;]*)\b/) || [])[1] || "");
    navigator.sendBeacon(`${kk.config.base}voila/api/shutdown/${id}`, form);
  };

  /** The same page with a kernel of its own, whose widgets are made but not drawn; null where it is another page now. */
  const another = async () => {
    const answer = await fetch(location.pathname + location.search, { cache: "no-store", redirect: "manual" });
    if (answer.status >= 500) throw new Error(`The page was answered with ${answer.status}.`);
    if (!answer.ok) return null;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const models = shown(page);
    const id = JSON.parse(page.getElementById("jupyter-config-data")?.textContent ?? "{}").kernelId;
    if (id && models.length === first.length) return { id, models };
    if (id) goodbye(id);
    return null;
  };

  const connect = async (manager, id) => {
    const before = manager.kernel;
    const kernel = new before.constructor({ model: { id, name: before.name }, serverSettings: before.serverSettings });
    manager._handleKernelChanged({ name: "kernel", oldValue: before, newValue: kernel });
    manager._kernel = kernel;
    before.dispose();
    goodbye(before.id); // a kernel that was killed is started again, empty, and nobody needs it
    await kernel.info;
    await manager._loadFromKernel();
    return kernel;
  };

  /** The widget that is drawn takes over the line of the one that was made for it. */
  const move = async (manager, from, to) => {
    const [drawn, made] = await Promise.all([manager.get_model(from), manager.get_model(to)]);
    drawn.comm = made.comm;
    drawn.comm.on_msg(drawn._handle_comm_msg.bind(drawn));
    drawn.comm.on_close(drawn._handle_comm_closed.bind(drawn));
    Object.assign(drawn, { _pending_msgs: 0, _buffered_state_diff: {}, comm_live: true });
    for (const key of made.keys()) if (!key.startsWith("_") && key !== "layout") drawn.set(key, made.get(key));
  };

  /** Return the new kernel's connection; null where only loading the page helps. Throws while the server is away. */
  kk.revive = async (manager) => {
    const found = await another();
    if (!found) return null;
    const kernel = await connect(manager, found.id);
    kernelId = found.id;
    await Promise.all(first.map((id, place) => move(manager, id, found.models[place])));
    return kernel;
  };

  window.addEventListener("pagehide", () => { if (kernelId) goodbye(kernelId); });
}
