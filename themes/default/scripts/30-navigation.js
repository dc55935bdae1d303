// Brings the current page into view in the navigation, and fetches what that of a large section leaves out when a reader
// asks for it: see src/render/shelves.rs for the files.
const PART = 500;
const files = new Map();
let side;

/** The list that the files have under `key`. */
async function list(key) {
  const [section, count] = side.dataset.tree.split("/");
  let hash = 0x811c9dc5;
  for (const character of key) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193) >>> 0;
  const file = new URL(`assets/navigation/${section}/${hash % count}.json`, root).href;
  if (!files.has(file)) {
    const answer = await fetch(file);
    if (!answer.ok) throw new Error(`${answer.status}: ${file}`);
    files.set(file, answer.json());
  }
  return (await files.get(file))[key] ?? [];
}

function make(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/** Calls `fill` when `details` is opened for the first time, and at once when it is open. */
function whenOpened(details, fill) {
  if (details.open) return fill();
  details.addEventListener("toggle", fill, { once: true });
}

/** The entries of `entries`; those that the page has already stay what they are. */
function makeItems(entries, known) {
  return entries.map(([title, address, mark, hasBelow]) => {
    const { href } = new URL(address, root);
    const item = known.get(href) ?? make("li", {}, make("a", { href }, title));
    if (known.has(href)) return item;
    if (mark) item.firstChild.prepend(make("span", { class: `method method-${mark.toLowerCase()}` }, mark), " ");
    if (hasBelow) {
      const below = make("details", { class: "side-below" }, make("summary", { "aria-label": `Below ${title}` }));
      whenOpened(below, () => showRun(below, address, new Map()));
      item.append(below);
    }
    return item;
  });
}

/** Shows all that is right below the page at `address`, in `place`. */
async function showRun(place, address, known) {
  const groups = (await list(address)).map(([label, entries], index) => {
    const items = make("ul", {});
    const show = (entries) => items.append(...makeItems(entries, known));
    const parts = Array.isArray(entries) ? 0 : Math.ceil(entries / PART);
    const showPart = async (part) => {
      show(await list(`${address}#${index}.${part}`));
      if (part >= parts) return;
      const more = make("button", { class: "more" }, "Show more");
      more.addEventListener("click", () => {
        more.parentNode.remove();
        showPart(part + 1);
      });
      items.append(make("li", {}, more));
    };
    const isHere = [...known.values()].some((item) => item.closest("details")?.firstChild.textContent === label);
    const group = label ? make("details", { class: "side-group", open: !parts || isHere ? "open" : "" }, make("summary", {}, label), items) : items;
    if (!parts) show(entries);
    else if (label) whenOpened(group, () => showPart(1));
    else showPart(1);
    return group;
  });
  for (const child of [...place.children]) if (!child.matches("summary")) child.remove();
  place.append(...groups);
}

/** The links to lists become buttons that fetch what they list. */
function offerAll(link) {
  const button = make("button", { class: "more" }, link.textContent);
  const place = link.parentNode;
  const above = place.matches("details") ? place.parentNode.querySelector("a").href.slice(root.href.length) : "";
  button.addEventListener("click", async () => {
    const known = new Map([...place.querySelectorAll(":scope > ul > li, :scope > .side-group > ul > li")].map((item) => [item.firstChild.href, item]));
    try {
      await showRun(place, above, known);
      place.querySelector("a[aria-current], a")?.focus();
      bringIntoView();
    } catch {
      // The list is a page like any other.
      location.assign(link.href);
    }
  });
  link.replaceWith(button);
}

function bringIntoView() {
  const entry = side.querySelector("[aria-current=page]");
  if (!entry) return;
  const middle = entry.getBoundingClientRect().top - side.getBoundingClientRect().top - side.clientHeight / 2;
  if (Math.abs(middle) > side.clientHeight / 2 - 40) side.scrollTop += middle;
}

function begin() {
  side = document.querySelector(".side");
  if (side?.dataset.tree) side.querySelectorAll("a.more").forEach(offerAll);
}

document.addEventListener("DOMContentLoaded", () => {
  begin();
  if (side) bringIntoView();
});
document.addEventListener("livedoc:patched", begin);
