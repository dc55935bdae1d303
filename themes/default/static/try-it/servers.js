// Where requests go: a server of the specification with its variables, the preview's proxy, or an address that readers type.

import { make, row, section, select } from "./element.js";
import { makeInput } from "./inputs.js";

const OTHER = "other";
const PROXY = "proxy";

/** What stands in front of the paths that the preview's proxy passes on: src/serve/proxy.rs. */
const PROXY_PREFIX = "/_livedoc/proxy";

/**
 * The choice of a server: `{ part, read }`. `read` gives `base`, what stands in front of the path; and for the proxy its `prefix`
 * and `target`, the service.
 */
export function makeServers(servers = [], store) {
  // Only the preview says so, when it was started with one.
  const target = document.querySelector("script[data-proxy]")?.dataset.proxy;
  const options = servers.map(({ url, about }, index) => [String(index), about ? `${url} — ${about}` : url]);
  if (target) options.unshift([PROXY, `Through the preview’s proxy, to ${target}`]);
  options.push([OTHER, servers.length ? "Another address" : "The address of the service"]);
  const choice = select(options, wanted(store.get("server"), servers, options));
  const more = make("div");
  let fields = [];

  function showMore() {
    const server = servers[choice.value];
    const filled = store.get(keyOf(choice.value, server)) ?? {};
    if (server) fields = (server.variables ?? []).map((variable) => ofVariable(variable, filled));
    else if (choice.value === PROXY) fields = [ofText("Path in front", pathOf(servers[0]), filled)];
    else fields = [ofText("Address", "", filled, { note: "Such as https://api.example.com/v1", mark: "required" })];
    const isElsewhere = !server || /^(?:[a-z][a-z\d+.-]*:|\/\/|\{)/i.test(server.url);
    const words =
      "The specification gives only a path, taken to be on this site. If the service is elsewhere, choose another address.";
    more.replaceChildren(...fields.map((field) => field.row), ...(isElsewhere ? [] : [make("p", { class: "note" }, words)]));
  }

  function keep() {
    const server = servers[choice.value];
    store.set("server", server?.url ?? choice.value);
    store.set(keyOf(choice.value, server), Object.fromEntries(fields.map(({ name, read }) => [name, read()])));
  }
  choice.addEventListener("change", () => {
    showMore();
    keep();
  });
  more.addEventListener("input", keep);
  showMore();

  return {
    part: section("Server", row("Send to", choice), more),
    read() {
      const server = servers[choice.value];
      const values = new Map(fields.map(({ name, read }) => [name, read()]));
      if (server) return { base: fill(server.url, values) };
      if (choice.value === PROXY) {
        return { base: PROXY_PREFIX + slashed(values.get("Path in front")), isProxy: true, prefix: PROXY_PREFIX, target };
      }
      const base = values.get("Address").trim();
      if (!/^https?:\/\//i.test(base)) throw new Error("Type the address of the service, with https:// or http:// in front.");
      return { base };
    },
  };
}

/** The choice of before, if it is still there; else the first. */
function wanted(kept, servers, options) {
  const index = servers.findIndex(({ url }) => url === kept);
  const choice = index < 0 ? kept : String(index);
  return options.some(([key]) => key === choice) ? choice : options[0][0];
}

const keyOf = (choice, server) => `server ${server?.url ?? choice}`;

const ofVariable = (variable, filled) => ({
  name: variable.name,
  ...makeInput({ ...variable, value: filled[variable.name] ?? variable.value }),
});

function ofText(name, value, filled, { note, mark } = {}) {
  const field = make("input", { autocomplete: "off", spellcheck: "false", autocapitalize: "off", required: Boolean(mark) });
  field.defaultValue = filled[name] ?? value;
  return { name, row: row(name, field, { note, mark }), read: () => field.value };
}

/** The path of a server's address, which a service behind a proxy has as well. */
function pathOf(server) {
  const path = server?.url.replace(/^(?:[a-z][a-z\d+.-]*:)?\/\/[^/]*/i, "") ?? "";
  return slashed(fill(path, new Map((server?.variables ?? []).map(({ name, value }) => [name, value]))));
}

/** `text` with its variables. */
const fill = (text, values) => text.replace(/\{([^{}]+)\}/g, (all, name) => values.get(name) ?? all);

function slashed(path) {
  const inner = path.replace(/^\/+|\/+$/g, "");
  return inner ? `/${inner}` : "";
}
