// What readers filled in -> the request that is sent, and the words in which they see it.

import { isForbidden, isHeaderName } from "./forbidden.js";
import { inCookie, inHeader, inPath, inQuery } from "./serialise.js";

/** What stands for a credential where readers see the request. */
const HIDDEN = "•••";

/** A part of a request: as it is sent, and as it is shown. */
const part = (sent, shown = sent) => ({ sent, shown });

/**
 * The request. `values` are the inputs with what they read; `server`, `credentials` and `body` are what those parts read. Throws
 * an error that says what cannot be sent.
 */
export function compose({ method, path }, { server, values, credentials, body, accept }) {
  const [query, headers, cookies] = [[], [], []];
  for (const { input, value } of values) {
    if (value === undefined) continue;
    if (input.in === "query") query.push(...inQuery(input, value).map((piece) => part(piece)));
    if (input.in === "querystring") query.push(part(whole(input, value)));
    if (input.in === "header") headers.push([input.name, part(inHeader(input, value))]);
    if (input.in === "cookie") cookies.push(...inCookie(input, value).map((piece) => part(piece)));
  }
  const set = (name, value) => {
    removeFrom(headers, name);
    headers.push([name, value]);
  };
  const encode = encodeURIComponent;
  const hidden = ([name, value]) => part(`${encode(name)}=${encode(value)}`, `${encode(name)}=${HIDDEN}`);
  query.push(...credentials.query.map(hidden));
  cookies.push(...credentials.cookies.map(hidden));
  // What kind of credential it is may be seen.
  const hide = (value) => value.replace(/^(Bearer |Basic |Bot )?.+$/, `$1${HIDDEN}`);
  for (const [name, value] of credentials.headers) set(name, part(value, hide(value)));
  if (accept) set("Accept", part(accept));
  if (body?.type) set("Content-Type", part(body.type));
  // Only the browser knows the boundary between the parts of a form.
  if (body?.type === null) removeFrom(headers, "Content-Type");
  check(headers);

  const filled = fill(path, values);
  const address = (key) => {
    const pieces = query.map((piece) => piece[key]).join("&");
    return parse(server.base.replace(/\/+$/, "") + filled + (pieces && (filled.includes("?") ? "&" : "?") + pieces));
  };
  const atService = (url) =>
    server.isProxy ? server.target + url.href.slice(url.origin.length + server.prefix.length) : url.href;
  const cookie = (key) => (server.isProxy ? cookies.map((piece) => piece[key]).join("; ") : "");
  const url = address("sent");
  return {
    method,
    url,
    headers: headers.map(([name, { sent }]) => [name, sent]),
    body: body?.body,
    isProxy: server.isProxy,
    cookie: cookie("sent"),
    /** Where the service gets it. */
    address: atService(url),
    /** The names of cookies that are filled in and cannot be sent. */
    unsent: server.isProxy ? [] : cookies.map(({ sent }) => decodeURIComponent(sent.split("=")[0])),
    /** The request as readers see it: with its credentials when `isOpen`. */
    words(isOpen) {
      const key = isOpen ? "sent" : "shown";
      const lines = [`${method} ${atService(address(key))}`, ...headers.map(([name, value]) => `${name}: ${value[key]}`)];
      if (cookie(key)) lines.push(`Cookie: ${cookie(key)}`);
      if (body?.type === null) lines.push("Content-Type: multipart/form-data");
      return body ? [...lines, "", body.shown].join("\n") : lines.join("\n");
    },
  };
}

/** `path` with its parameters. */
function fill(path, values) {
  const inPaths = values.filter(({ input }) => input.in === "path");
  const missing = inPaths.find(({ value }) => value === undefined || value.length === 0);
  if (missing) throw new Error(`Fill in ${missing.input.name}.`);
  return path.replace(/\{([^{}]+)\}/g, (all, name) => {
    const found = inPaths.find(({ input }) => input.name === name);
    return found ? inPath(found.input, found.value) : all;
  });
}

/** A query that is one value: a form's pairs, or a text of its own. */
function whole(input, value) {
  if (input.style === "json") return encodeURIComponent(value);
  const isObject = value !== null && typeof value === "object";
  return isObject ? inQuery({ ...input, explode: true }, value).join("&") : String(value);
}

function removeFrom(headers, name) {
  const at = headers.findIndex(([known]) => known.toLowerCase() === name.toLowerCase());
  if (at >= 0) headers.splice(at, 1);
}

/** An address that may be sent to. What the specification gives without a host is on this site. */
function parse(address) {
  let url;
  try {
    url = new URL(address, document.documentElement.dataset.root);
  } catch {
    throw new Error(`“${address}” is no address.`);
  }
  if (!/^https?:$/.test(url.protocol)) {
    throw new Error(`“${address}” is no address that a browser can send to: they begin with https:// or http://.`);
  }
  url.hash = "";
  if (url.username || url.password) throw new Error("Leave name and password out of the address.");
  return url;
}

function check(headers) {
  for (const [name, { sent }] of headers) {
    if (!isHeaderName(name)) throw new Error(`“${name}” is no name of a header.`);
    if (isForbidden(name)) throw new Error(`A browser lets no page set the header ${name}.`);
    // Headers are bytes: Latin-1 without line ends.
    if (/[^\t\x20-\x7e\x80-\xff]/.test(sent)) {
      throw new Error(`The header ${name} holds a character that headers cannot have.`);
    }
  }
}
