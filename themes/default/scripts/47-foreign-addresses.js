// Other tools show a specification as one page. Addresses of places in that page lead on to the pages of what they name:
//
//   Redoc       #tag/Orders, #operation/getOrder, #tag/Orders/operation/getOrder, #schema/Order, #section/Errors/Codes,
//               #tag/Orders/paths/~1orders~1{id}/get
//   Swagger UI  #/Orders, #/Orders/getOrder
//   Scalar      #tag/orders, #tag/orders/GET/orders/{id}, #model/Order, #description/errors
const FORMS = [
  [/^(?:.*\/)?tag\/([^/]+)(?:\/(.+))?$/, (tag, rest) => call(rest) ?? within(tag, rest)],
  [/^\/([^/]+)(?:\/(.+))?$/, (tag, rest) => call(rest) ?? within(tag, rest)],
  [/^operation\/(.+)$/, (id) => call(id) ?? byName(id)],
  [/^(?:.*\/)?(?:schema|model)s?\/(.+)$/, (name) => linkOf(named("schema", name))],
  [/^(?:section|description)\/(?:.*\/)?([^/]+)$/, (name) => heading(name)],
];

/** What the tools agree on in names. */
const fold = (text) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

const all = (selector) => [...document.querySelectorAll(`article .text ${selector}`)];
const named = (kind, name) => {
  const alike = all(`[id^="${kind}/"]`).filter(({ id }) => fold(id) === fold(kind + name));
  return alike.find(({ id }) => id === `${kind}/${name}`) ?? alike[0];
};
const heading = (name) => all(":is(h2, h3, h4)").find((element) => fold(element.id) === fold(name));

/** Where an entry of a list leads, or the heading above the entries. */
function linkOf(element) {
  let at = element;
  while (at && at.matches("p, ul")) at = at.previousElementSibling;
  return at?.querySelector("a[href]:not(.anchor)")?.href ?? at;
}

/** The page of an operation that is listed here, by its id or by method and path. */
function call(rest) {
  if (!rest) return undefined;
  const id = rest.replace(/^operation\//, "");
  const [, pointer, method] = /^paths\/(.+)\/(\w+)$/.exec(rest) ?? [];
  const signature = fold(method ? method + pointer.replaceAll("~1", "") : rest);
  const signed = (entry) => fold(entry.querySelector(".method").textContent + entry.querySelector("code").textContent);
  return linkOf(named("operation", id) ?? all(".calls > li").find((entry) => signed(entry) === signature));
}

/** The page of a tag; what is asked for within it is found there. */
function within(tag, rest) {
  const link = document.querySelector("article.kind-api") && linkOf(named("tag", tag));
  return link && rest && typeof link === "string" ? link + location.hash : link;
}

/** The page that an operation of this id mostly has, if it has. */
async function byName(id) {
  const parts = id.split("/").map((part) => part.replace(/[^\p{L}\p{N}_.]+/gu, "-").replace(/^[-.]+|[-.]+$/g, ""));
  const url = new URL(`${parts.filter(Boolean).join("/")}/`, location.href.replace(/[^/]*$/, ""));
  const answer = await fetch(url, { method: "HEAD" }).catch(() => undefined);
  return answer?.ok ? url.href : undefined;
}

async function lead() {
  if (!location.hash.includes("/") || !document.querySelector("article:is(.kind-api, .kind-tag)")) return;
  const from = location.href;
  let hash;
  try {
    hash = decodeURIComponent(location.hash.slice(1));
  } catch {
    return;
  }
  for (const [form, find] of FORMS) {
    const match = form.exec(hash);
    if (!match) continue;
    const found = await find(...match.slice(1));
    if (location.href !== from) return;
    if (typeof found === "string") location.replace(found);
    else found?.scrollIntoView();
    return;
  }
}

document.addEventListener("DOMContentLoaded", lead);
addEventListener("hashchange", lead);
