// Elements, as the panel is made of them. What comes from a specification or a service becomes text, never HTML.

/** An element with attributes (`true` for one without a value, nothing for none) and children. */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== null && value !== false) element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children);
  return element;
}

let made = 0;

/** An id that nothing else on the page has. */
export const newId = () => `try-it-${(made += 1)}`;

/**
 * A row: `control` with its `label`. `mark` stands behind the label, `before` in front of it; `note` is said with the control.
 * Several controls that belong together are a group, which the label names.
 */
export function row(label, control, { mark, note, before, isGroup = false } = {}) {
  const [id, noteId] = [newId(), newId()];
  const words = [label, ...(mark ? [" ", make("span", { class: "mark" }, mark)] : [])];
  const name = isGroup ? make("span", { id, class: "label" }, ...words) : make("label", { for: id }, ...words);
  if (isGroup) {
    control.setAttribute("role", "group");
    control.setAttribute("aria-labelledby", id);
  } else {
    control.id = id;
  }
  if (note) control.setAttribute("aria-describedby", noteId);
  const value = make("div", { class: "value" }, control);
  if (note) value.append(make("p", { id: noteId, class: "note" }, note));
  return make("div", { class: "row" }, make("div", { class: "name" }, ...(before ? [before] : []), name), value);
}

/** A part of the panel under a heading, of those `children` that are there. */
export function section(title, ...children) {
  const id = newId();
  return make("section", { "aria-labelledby": id }, make("h3", { id }, title), ...children.filter(Boolean));
}

/** A choice from `options`: texts, or pairs of a value and what readers see. */
export function select(options, value, attributes = {}) {
  const element = make("select", attributes);
  for (const option of options) {
    const [key, words] = Array.isArray(option) ? option : [option, option];
    element.append(make("option", { value: key, selected: key === value }, words));
  }
  return element;
}

export const button = (words, attributes = {}) => make("button", { type: "button", ...attributes }, words);
