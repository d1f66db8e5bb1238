/* On a slow machine the widget manager gives up on a part whose model comes late (it waits two seconds, and then only
   for models that are not restored yet): this draws such a part when its model is there. It knows no exercise, no lab. */
"use strict";

{
  const LOOK_MS = 500;
  const GIVE_UP_MS = 120000;
  const VIEW = "application/vnd.jupyter.widget-view+json";

  const waiting = new Set();
  for (const script of document.querySelectorAll('script[type="application/vnd.voila.cell-output+json"]')) {
    const id = JSON.parse(script.textContent).data[VIEW]?.model_id;
    if (id) waiting.add({ place: script.parentElement, id });
  }

  const look = (manager) => {
    for (const part of [...waiting]) {
      const output = part.place.querySelector(".jp-OutputArea-output");
      const givenUp = output?.classList.contains("jupyter-widgets") && !output.firstElementChild;
      if (output?.firstElementChild) waiting.delete(part);
      else if (givenUp && manager.has_model(part.id)) {
        waiting.delete(part);
        draw(manager, part.id, output);
      }
    }
  };

  const draw = async (manager, id, output) => {
    const view = await manager.create_view(await manager.get_model(id));
    output.replaceChildren(view.el);
  };

  document.addEventListener("kk-ready", () => {
    const manager = window.jupyterapp?.widgetManager;
    const since = Date.now();
    const timer = setInterval(() => {
      if (manager) look(manager);
      if (!waiting.size || Date.now() - since > GIVE_UP_MS) clearInterval(timer);
    }, LOOK_MS);
  });
}
