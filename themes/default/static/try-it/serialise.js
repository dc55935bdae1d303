// Values of parameters -> parts of a request, in the styles of OpenAPI (3.2, "Style Values") and of RFC 6570 behind them.
//
// A value is a text, a list of texts, or whatever JSON can write. `explode` is what the style does by itself unless said.

const encode = encodeURIComponent;

const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

/** A value within another one, as text. */
const text = (value) => (value !== null && typeof value === "object" ? JSON.stringify(value) : String(value));

/** Names and values, one behind the other: `a,1,b,2`. */
const flat = (object) => Object.entries(object).flatMap(([name, value]) => [name, text(value)]);

/** What takes the place of `{name}` in a path. */
export function inPath({ name, style, explode = false }, value) {
  const named = (pairs) => pairs.map(([key, item]) => `${encode(key)}=${encode(text(item))}`);
  const items = Array.isArray(value) ? value.map((item) => encode(text(item))) : null;
  if (style === "label" || style === "matrix") {
    const start = style === "label" ? "." : ";";
    if (isObject(value) && explode)
      return named(Object.entries(value))
        .map((pair) => start + pair)
        .join("");
    const own = style === "matrix" ? `;${encode(name)}=` : ".";
    if (items && explode) return items.map((item) => own + item).join("");
    return own + (isObject(value) ? flat(value).map(encode).join(",") : items ? items.join(",") : encode(text(value)));
  }
  if (isObject(value)) return (explode ? named(Object.entries(value)) : flat(value).map(encode)).join(",");
  return items ? items.join(",") : encode(text(value));
}

const SEPARATORS = { spaces: "%20", pipes: "%7C", tabs: "%09" };

/** The pieces of a query, or of a form that is written like one: `name=value`, encoded. */
export function inQuery({ name, style, explode }, value) {
  const piece = (key, item) => `${encode(key)}=${encode(text(item))}`;
  if (style === "deep" && value !== null && typeof value === "object") return deep(name, value);
  const separator = SEPARATORS[style] ?? ",";
  const isApart = explode ?? !(style in SEPARATORS);
  if (Array.isArray(value)) {
    if (isApart) return value.map((item) => piece(name, item));
    return value.length ? [`${encode(name)}=${value.map((item) => encode(text(item))).join(separator)}`] : [];
  }
  if (isObject(value)) {
    if (isApart) return Object.entries(value).map(([key, item]) => piece(key, item));
    return [`${encode(name)}=${flat(value).map(encode).join(separator)}`];
  }
  return [piece(name, value)];
}

/** `name[key]=value`, however deep. */
function deep(name, value) {
  return Object.entries(value).flatMap(([key, item]) => {
    const full = Array.isArray(value) && !isObject(item) ? name : `${name}[${key}]`;
    return item !== null && typeof item === "object" ? deep(full, item) : [`${encode(full)}=${encode(text(item))}`];
  });
}

/** The value of a header. */
export function inHeader({ explode = false }, value) {
  if (Array.isArray(value)) return value.map(text).join(",");
  if (!isObject(value)) return text(value);
  return explode
    ? Object.entries(value)
        .map(([key, item]) => `${key}=${text(item)}`)
        .join(",")
    : flat(value).join(",");
}

/** The pieces of the header `Cookie`. */
export const inCookie = (input, value) => inQuery(input, value);
