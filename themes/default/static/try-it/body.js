// What a request carries: text with an example to begin with, the fields of a form, or a file.

import { make, row, section, select } from "./element.js";
import { makeInput, watchJson } from "./inputs.js";
import { indented } from "./json.js";
import { inQuery } from "./serialise.js";

const isJson = (type) => /[/+]json\s*(?:;|$)/i.test(type) || type === "*/*";

/**
 * The body: `{ part, read }`. `read` gives nothing when none is to be sent, or the media type for the header, what to send, and
 * the words in which readers see that.
 */
export function makeBody(bodies = [], isRequired, method) {
  if (!bodies.length) return { part: null, read: () => null };
  if (["GET", "HEAD"].includes(method)) {
    const words = `Browsers send no body with ${method}. The samples below show the request as other programs send it.`;
    return { part: section("Body", make("p", { class: "note" }, words)), read: () => null };
  }
  const types = bodies.flatMap(({ types, payload }) => types.map((type) => ({ type, payload })));
  const choice = select(
    types.map(({ type }, index) => [String(index), type]),
    "0",
  );
  const place = make("div", {});
  const box = isRequired ? null : make("input", { type: "checkbox", checked: true });
  const texts = new Map();
  let read;

  function show() {
    const { type, payload } = types[choice.value];
    const made =
      payload === "file" ? ofFile(type) : payload.fields ? ofFields(type, payload.fields) : ofText(type, payload.text, texts);
    place.replaceChildren(...made.rows);
    read = made.read;
  }
  choice.addEventListener("change", show);
  show();
  const rows = [box && row("Send a body", box), row("Media type", choice), place];
  box?.addEventListener("change", () => [rows[1], place].forEach((part) => (part.hidden = !box.checked)));
  return { part: section("Body", ...rows), read: () => (!box || box.checked ? read() : null) };
}

function ofText(type, example, texts) {
  const json = isJson(type);
  const text = texts.get(type) ?? (json ? indented(example) : example);
  const area = make("textarea", {
    class: "code",
    spellcheck: "false",
    rows: Math.min(18, Math.max(4, text.split("\n").length)),
  });
  area.defaultValue = json ? indented(example) : example;
  area.value = text;
  area.addEventListener("input", () => texts.set(type, area.value));
  if (json) watchJson(area);
  const file = json ? null : make("input", { type: "file" });
  const rows = [row("Content", area), ...(file ? [row("or a file", file)] : [])];
  return {
    rows,
    read() {
      const [chosen] = file?.files ?? [];
      const called = type === "*/*" ? "application/json" : type;
      return chosen
        ? { type: called, body: chosen, shown: `(the file ${chosen.name})` }
        : { type: called, body: area.value, shown: area.value };
    },
  };
}

function ofFile(type) {
  const file = make("input", { type: "file", required: true });
  return {
    rows: [row("File", file, { mark: "required" })],
    read() {
      const [chosen] = file.files;
      const called = type.includes("*") ? chosen?.type || "application/octet-stream" : type;
      return { type: called, body: chosen ?? "", shown: chosen ? `(the file ${chosen.name})` : "(no file)" };
    },
  };
}

function ofFields(type, inputs) {
  const isMultipart = type.startsWith("multipart/");
  const fields = inputs.map((input) => ({ input, ...makeInput(input) }));
  const filled = () => fields.map(({ input, read }) => [input, read()]).filter(([, value]) => value !== undefined);
  const read = isMultipart ? () => multipart(filled()) : () => urlEncoded(type, filled());
  return { rows: fields.map((field) => field.row), read };
}

function urlEncoded(type, filled) {
  const text = filled.flatMap(([input, value]) => {
    const isText =
      value !== null && typeof value === "object" && !Array.isArray(value) && !input.style && input.explode === undefined;
    return inQuery(input, isText ? JSON.stringify(value) : value);
  });
  return { type, body: text.join("&"), shown: text.join("&\n") };
}

/** The browser writes the header itself: only it knows the boundary. */
function multipart(filled) {
  const body = new FormData();
  const lines = [];
  const add = (name, value, words, ...rest) => {
    body.append(name, value, ...rest);
    lines.push(`${name}: ${words}`);
  };
  for (const [{ name, shape, style }, value] of filled) {
    if (shape === "file" || shape === "files")
      for (const file of value) add(name, file, `(the file ${file.name})`, file.name);
    else if (Array.isArray(value) && value.every((item) => item === null || typeof item !== "object"))
      for (const item of value) add(name, item, item);
    else if (style === "deep" && value)
      for (const piece of inQuery({ name, style }, value)) {
        const [key, text] = piece.split("=").map(decodeURIComponent);
        add(key, text, text);
      }
    else if (value !== null && typeof value === "object") {
      const text = JSON.stringify(value);
      add(name, new Blob([text], { type: "application/json" }), text);
    } else add(name, value, value);
  }
  return { type: null, body, shown: lines.join("\n") };
}
