// Keys that act on the page, those of rustdoc's pages: `?` tells which there are, `+` and `-` open and close all parts that
// can be closed.
// The search listens to its own.
const KEYS = [
  [["/", "S", "Ctrl K"], "Search"],
  [["+"], "Open all parts of the page"],
  [["-"], "Close all parts of the page"],
  [["?"], "Show this list"],
  [["Esc"], "Close what lies over the page"],
];

let help;

function make(name, attributes, ...children) {
  const element = Object.assign(document.createElement(name), attributes);
  element.append(...children);
  return element;
}

/** The list of keys, made when somebody first asks for it. The browser gives the focus back when it is closed. */
function makeHelp() {
  const title = make("h2", { id: "_keys" }, "Keys");
  const list = make("dl", {});
  for (const [keys, does] of KEYS) {
    const names = keys.flatMap((key, place) => (place ? [" or ", make("kbd", {}, key)] : [make("kbd", {}, key)]));
    list.append(make("div", {}, make("dt", {}, ...names), make("dd", {}, does)));
  }
  const close = make("button", { type: "button", autofocus: true }, "Close");
  const dialog = make("dialog", { className: "keys" }, title, list, close);
  dialog.setAttribute("aria-labelledby", title.id);
  close.addEventListener("click", () => dialog.close());
  // What lies around it is the dialog itself.
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);
  return dialog;
}

function setAll(open) {
  for (const part of document.querySelectorAll("main details, .rail details")) part.open = open;
}

const ACTIONS = {
  "?": () => (help ??= makeHelp()).showModal(),
  "+": () => setAll(true),
  "-": () => setAll(false),
};

/** Whether keys belong to a field. */
const isTyping = (target) => target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);

document.addEventListener("keydown", (event) => {
  const act = Object.hasOwn(ACTIONS, event.key) && ACTIONS[event.key];
  const isOurs = !event.ctrlKey && !event.altKey && !event.metaKey && !event.defaultPrevented && !isTyping(event.target);
  if (!act || !isOurs || document.querySelector("dialog[open]")) return;
  event.preventDefault();
  act();
});
