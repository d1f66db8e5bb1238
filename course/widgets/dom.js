// Makes elements. It does not know exercises, and never reads text as HTML: only `html` is markup, made in Python.

/** An id that no other element on the page has. */
function uid() {
  globalThis.koerekortIds = (globalThis.koerekortIds ?? 0) + 1;
  return `kx-${globalThis.koerekortIds}`;
}

/** An element: attributes (`class`, `for`, `aria-…`, `on…` for listeners, `html` for markup made in Python), children. */
function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "html") node.innerHTML = value;
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

/** A text with `{name}` places filled in. */
function fill(text, values = {}) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** Bring an element into view and give it the focus; the page's frame may first have to open the part it is in. */
function goTo(id) {
  const arrive = () => {
    const target = document.getElementById(id);
    target?.scrollIntoView({ block: "start" });
    target?.focus({ preventScroll: true });
  };
  addEventListener("hashchange", () => setTimeout(arrive), { once: true });
  if (location.hash === `#${id}`) dispatchEvent(new HashChangeEvent("hashchange"));
  else location.hash = id;
}
