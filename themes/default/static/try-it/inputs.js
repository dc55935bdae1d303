// An input -> the row in which readers fill it in. What need not be sent is sent when its box is ticked, which typing does too.

import { make, row, select } from "./element.js";
import { indented } from "./json.js";

/**
 * The row for `input`, which is `{ row, read }`. `read` gives its value: a text, a list, what JSON can write, or files;
 * nothing when it is not to be sent. `why` says why it cannot be sent, when it cannot; `note` is said with it.
 */
export function makeInput(input, { why, note } = {}) {
  const control = makeControl(input);
  const { element } = control;
  const fields = element.matches("div") ? [...element.querySelectorAll("input")] : [element];
  if (why) {
    for (const field of fields) field.disabled = true;
    return { row: row(input.name, element, { note: why, isGroup: element.matches("div") }), read: () => undefined };
  }
  let box;
  if (!input.required) {
    box = make("input", { type: "checkbox", "aria-label": `Send ${input.name}` });
    element.addEventListener("input", () => (box.checked = !control.isEmpty()));
  } else if (fields.length === 1) {
    element.required = true;
  }
  const notes = [control.note, note].filter(Boolean).join(" ");
  return {
    row: row(input.name, element, {
      mark: input.required ? "required" : "",
      note: notes,
      before: box,
      isGroup: element.matches("div"),
    }),
    read: () => (!box || box.checked ? control.read() : undefined),
  };
}

/** The control itself, how it is read, and what has to be said of it. */
function makeControl({ shape, choices = [], value, style }) {
  if (shape === "file" || shape === "files") {
    const element = make("input", { type: "file", multiple: shape === "files" });
    return { element, read: () => [...element.files], isEmpty: () => element.files.length === 0 };
  }
  if (shape === "list" && choices.length) return makeBoxes(choices, value?.split("\n") ?? []);
  if (choices.length) {
    const known = value === undefined || choices.includes(value) ? choices : [value, ...choices];
    const options = value === undefined ? [["", "Choose"], ...known] : known;
    const element = select(options, value ?? "");
    return { element, read: () => element.value, isEmpty: () => element.value === "" };
  }
  if (shape === "json") return makeJson(value, style === "json");
  if (shape === "list") {
    const element = make("textarea", { rows: Math.max(2, value?.split("\n").length ?? 0), spellcheck: "false" }, value ?? "");
    const read = () => element.value.split("\n").filter((line) => line !== "");
    return { element, read, isEmpty: () => read().length === 0, note: "One a line." };
  }
  const isLong = value?.includes("\n");
  const element = make(isLong ? "textarea" : "input", { autocomplete: "off", spellcheck: "false", autocapitalize: "off" });
  element.defaultValue = value ?? "";
  return { element, read: () => element.value, isEmpty: () => element.value === "" };
}

/** Boxes to tick. */
function makeBoxes(choices, chosen) {
  const boxes = choices.map((choice) => make("input", { type: "checkbox", value: choice, checked: chosen.includes(choice) }));
  const element = make("div", { class: "boxes" }, ...boxes.map((box) => make("label", {}, box, " ", box.value)));
  const read = () => boxes.filter((box) => box.checked).map((box) => box.value);
  return { element, read, isEmpty: () => read().length === 0 };
}

/** A text area for JSON, which is sent as it is written when `isText`. */
function makeJson(value, isText) {
  const text = value === undefined ? "" : indented(value);
  const element = make(
    "textarea",
    { rows: Math.min(8, Math.max(2, text.split("\n").length)), spellcheck: "false", class: "code" },
    text,
  );
  watchJson(element);
  const read = () => (isText ? element.value : JSON.parse(element.value || "null"));
  return { element, read, isEmpty: () => element.value.trim() === "", note: "As JSON." };
}

/** Lets `area` say when what is in it is no JSON. */
export function watchJson(area) {
  const check = () => {
    try {
      if (area.value.trim()) JSON.parse(area.value);
      area.setCustomValidity("");
    } catch (error) {
      area.setCustomValidity(`This is no JSON: ${error.message}`);
    }
  };
  area.addEventListener("input", check);
  check();
}
