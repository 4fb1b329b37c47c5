// Writes onto elements that may be redrawn at any moment: only what differs, so that writing is no news to the watcher.

export const put = (element, name, value) => {
  if (!element) return;
  if (value === null || value === false) { if (element.hasAttribute(name)) element.removeAttribute(name); return; }
  const text = value === true ? "" : String(value);
  if (element.getAttribute(name) !== text) element.setAttribute(name, text);
};

export const say = (element, text) => { if (element && element.textContent !== text) element.textContent = text; };

// All elements on the page now that show this.
export const rootsOf = (name, key) => [...document.querySelectorAll(`[data-${name}]`)].filter(root => root.dataset[name] === key);
