// A piece of page that Python writes and that is written anew when the page wakes or an answer is saved.
// It does not know what it shows.

export default {
  render({ model, el }) {
    const page = hub(model.get("labels"));
    const send = sender(model);
    const id = uid();
    const node = h("div", { class: "kx kx-live", html: model.get("html") });
    const hello = () => page.ask(id, () => send({ type: "hello" }));
    let waiting = null;
    const soon = () => {
      clearTimeout(waiting);
      waiting = setTimeout(hello, 200);
    };
    model.on("msg:custom", (message) => {
      page.done(id);
      if (message.html !== undefined && message.html !== node.innerHTML) node.innerHTML = message.html;
    });
    el.append(node);
    for (const name of ["saved", "awake"]) page.addEventListener(name, soon);
    hello();
    return () => {
      clearTimeout(waiting);
      page.waiting.delete(id);
      for (const name of ["saved", "awake"]) page.removeEventListener(name, soon);
    };
  },
};
