// Who calls: the ways to authenticate that an operation knows, and what readers have to show. That is kept in the tab only.

import { button, make, row, section, select } from "./element.js";

const NO_COOKIES =
  "A browser lets no page set cookies for a request. Sign in to the service in this browser and tick " +
  "“Send this browser’s cookies”, or use the preview’s proxy.";

/** What one credential asks readers for: the key under which that is kept, its label, and what is said with it. */
function fieldsOf({ name, way }) {
  const value = (label, note) => [{ key: "value", label: `${name}: ${label}`, note }];
  if (way === "basic") {
    return [
      { key: "user", label: `${name}: user name`, isOpen: true },
      { key: "password", label: `${name}: password` },
    ];
  }
  if (way === "bearer") return value("bearer token");
  if (way === "token") return value("access token", "Get one from the service and paste it here.");
  if (way === "certificate") return [];
  const isProxied = document.querySelector("script[data-proxy]") !== null;
  if (way.scheme) return value("credentials", `What stands behind “${way.scheme}” in the header Authorization.`);
  if (way.cookie) return value(`cookie ${way.cookie}`, isProxied ? "Only the preview’s proxy can send it." : NO_COOKIES);
  return value(way.query ? `query parameter ${way.query}` : `header ${way.header}`);
}

/**
 * The choice of a way and the fields for it: `{ part, read, isShown }`. `read` gives headers, pieces of the query and cookies,
 * as pairs.
 */
export function makeCredentials(ways = [], store) {
  if (!ways.length) return { part: null, read: () => ({ headers: [], query: [], cookies: [] }), isShown: () => false };
  const filled = () => store.get("credentials") ?? {};
  const known = ways.findIndex((way) => way.length && way.every(({ name }) => filled()[name]));
  const names = ways.map((way, index) => [String(index), way.length ? way.map(({ name }) => name).join(" with ") : "None"]);
  const choice = select(names, String(Math.max(known, 0)));
  const fields = make("div", {});
  const shown = make("input", { type: "checkbox" });

  function show() {
    const rows = ways[choice.value].flatMap((credential) => {
      const rows = fieldsOf(credential).map(({ key, label, note, isOpen }) => {
        const type = shown.checked || isOpen ? "text" : "password";
        const field = make("input", { type, autocomplete: "off", spellcheck: "false", autocapitalize: "off" });
        field.value = filled()[credential.name]?.[key] ?? "";
        field.addEventListener("input", () => {
          const { [credential.name]: before, ...others } = filled();
          const now = { ...before, [key]: field.value };
          const isEmpty = Object.values(now).every((value) => !value);
          store.set("credentials", isEmpty ? others : { ...others, [credential.name]: now });
        });
        return row(label, field, { note });
      });
      const certificate = `${credential.name}: a certificate, which your browser asks for when the service wants it.`;
      return credential.way === "certificate" ? [make("p", { class: "note" }, certificate)] : rows;
    });
    fields.replaceChildren(...rows);
  }
  choice.addEventListener("change", show);
  shown.addEventListener("change", show);
  show();

  const forget = button("Forget", { title: "Forget all credentials for this API" });
  forget.addEventListener("click", () => {
    store.clear("credentials");
    show();
    forget.dispatchEvent(new Event("input", { bubbles: true }));
  });
  const kept = "Kept in this tab until you close it, for all operations of this API.";
  const tools = make("p", { class: "note deeds" }, make("label", {}, shown, " Show"), " ", forget, " ", kept);
  return {
    part: section("Credentials", ways.length > 1 ? row("Authenticate with", choice) : null, fields, tools),
    read: () => shownBy(ways[choice.value], filled()),
    isShown: () => shown.checked,
  };
}

/** What the credentials `way` add to a request. Those that are not filled in add nothing. */
function shownBy(way, filled) {
  const added = { headers: [], query: [], cookies: [] };
  for (const { name, way: how } of way) {
    const { user = "", password = "", value = "" } = filled[name] ?? {};
    if (how === "basic" && (user || password))
      added.headers.push(["Authorization", `Basic ${base64(`${user}:${password}`)}`]);
    if (!value.trim()) continue;
    if (how === "bearer" || how === "token")
      added.headers.push(["Authorization", `Bearer ${value.trim().replace(/^Bearer\s+/i, "")}`]);
    else if (how.header) added.headers.push([how.header, value.trim()]);
    else if (how.scheme) added.headers.push(["Authorization", `${how.scheme} ${value.trim()}`]);
    else if (how.query) added.query.push([how.query, value.trim()]);
    else if (how.cookie) added.cookies.push([how.cookie, value.trim()]);
  }
  return added;
}

/** RFC 7617, with names in UTF-8. */
const base64 = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
