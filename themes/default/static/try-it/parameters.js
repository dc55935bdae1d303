// The parameters of an operation by their places, and what else can be chosen of a request.

import { make, row, section, select } from "./element.js";
import { isForbidden } from "./forbidden.js";
import { makeInput } from "./inputs.js";

const PLACES = { path: "Path", query: "Query", querystring: "Query", header: "Headers", cookie: "Cookies" };

/**
 * Their parts of the panel: `{ parts, read, accept, withCookies }`. `read` gives the inputs with their values, `accept` the media
 * type of the answer, `withCookies` whether this browser's cookies go along.
 */
export function makeParameters({ inputs = [], accepts = [], credentials = [] }) {
  const isProxied = document.querySelector("script[data-proxy]") !== null;
  const made = inputs.map((input) => ({ input, ...makeInput(input, limits(input, isProxied)) }));
  const parts = [...new Set(Object.values(PLACES))].map((title) => {
    const rows = made.filter(({ input }) => PLACES[input.in] === title).map((one) => one.row);
    return rows.length ? section(title, ...rows) : null;
  });
  const accept = select(accepts, accepts[0]);
  const cookies = make("input", { type: "checkbox" });
  const note = "Those that it has for the service, with whatever they stand for.";
  const wantsCookies =
    inputs.some((input) => input.in === "cookie") ||
    credentials.flat().some(({ way }) => way.cookie || way === "certificate");
  const options = [];
  if (accepts.length > 1) options.push(row("Answer as", accept));
  if (wantsCookies) options.push(row("Send this browser’s cookies", cookies, { note }));
  if (options.length) parts.push(section("Options", ...options));
  return {
    parts,
    read: () => made.map(({ input, read }) => ({ input, value: read() })),
    accept: () => accept.value,
    withCookies: () => cookies.checked,
  };
}

/** What a browser does not let a page do with `input`, and what has to be said of it. */
function limits(input, isProxied) {
  if (input.in === "header" && isForbidden(input.name)) return { why: "A browser lets no page set this header." };
  if (input.in !== "cookie") return {};
  if (isProxied) return { note: "Sent through the preview’s proxy only." };
  return { why: "A browser lets no page set cookies for a request." };
}
