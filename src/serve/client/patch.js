// Changes the page that is shown into a newer one, and leaves alone whatever is the same in both: where the reader
// scrolled to, what is open, selected, focused or typed, and what scripts made of the page.
//
// The page as it was sent is remembered beside the one that is shown. Only where two pages that were sent differ, the
// shown one is changed.

import { align, difference } from "./align.js";

// The page as it was sent, in a document that loads and runs nothing.
let sent;

// The shown node of each sent one.
const shown = new WeakMap();

// The style sheets that stand in for one that is still loading.
const stale = new WeakMap();

/** Remembers the page as it is now. Call it before scripts change the page. */
export function remember() {
  sent = document.implementation.createHTMLDocument().importNode(document.documentElement, true);
  pair(sent, document.documentElement);
}

function pair(one, other) {
  shown.set(one, other);
  one.childNodes.forEach((child, index) => pair(child, other.childNodes[index]));
}

/** Makes the shown page that of `html`. Throws when it has to be loaded for that. */
export function patch(html) {
  const next = new DOMParser().parseFromString(html, "text/html").documentElement;
  // Another page stands in for a missing one, and its links start elsewhere.
  const [isMissing, wasMissing] = [next, sent].map((page) => page.querySelector("script[data-missing]") !== null);
  if (isMissing !== wasMissing) throw new Error("another page");
  checkScripts(next);
  const anchor = anchorOfView();
  changeAttributes(sent, next, ["class"]);
  for (const part of ["head", "body"]) change(sent.querySelector(part), next.querySelector(part));
  restoreView(anchor);
}

// What ran cannot be taken back: a script that is not what it was needs a new page.
function checkScripts(next) {
  const [before, after] = [sent, next].map((page) => [...page.querySelectorAll("script")].filter(isCode));
  const versions = new Map(before.filter(isFile).map((script) => [addressOf(script).pathname, addressOf(script).search]));
  const texts = new Set(before.map((script) => script.text));
  const isOther = (script) => {
    if (!isFile(script)) return !texts.has(script.text);
    const { pathname, search } = addressOf(script);
    return (versions.get(pathname) ?? search) !== search;
  };
  if (after.some(isOther)) throw new Error("a script is another one");
}

const isCode = (script) => ["", "module", "text/javascript"].includes(script.type);
const isFile = (script) => script.hasAttribute("src");
const addressOf = (script) => new URL(script.getAttribute("src"), location.href);

function change(old, next) {
  // A parser that runs no scripts sees other things in a `noscript`.
  if (old.isEqualNode(next) || old.nodeName === "NOSCRIPT") return;
  if (old.nodeType !== Node.ELEMENT_NODE) {
    changeText(shown.get(old), next.data);
    old.data = next.data;
  } else if (old.matches("link[rel=stylesheet]") && old.getAttribute("href") !== next.getAttribute("href")) {
    changeAttributes(old, next, ["href"]);
    old.setAttribute("href", next.getAttribute("href"));
    shown.set(old, replaceSheet(shown.get(old), next.getAttribute("href")));
  } else {
    changeAttributes(old, next, []);
    changeChildren(old, next);
  }
}

// Replaces only what differs, so that a selection beside it stays.
function changeText(node, text) {
  const { start, end } = difference(node.data, text);
  node.replaceData(start, node.length - start - end, text.slice(start, text.length - end));
}

function changeAttributes(old, next, kept) {
  const element = shown.get(old);
  for (const { namespaceURI, name, localName, value } of next.attributes) {
    const before = old.getAttributeNS(namespaceURI, localName);
    if (before === value || kept.includes(name)) continue;
    if (name === "class") changeClasses(element, old.classList, next.classList);
    else element.setAttributeNS(namespaceURI, name, value);
    old.setAttributeNS(namespaceURI, name, value);
  }
  // Of the root, scripts that run while the page is parsed have attributes of their own.
  if (old === sent) return;
  for (const { namespaceURI, name, localName } of [...old.attributes]) {
    if (next.hasAttributeNS(namespaceURI, localName)) continue;
    if (name === "class") changeClasses(element, old.classList, []);
    if (name !== "class" || element.classList.length === 0) element.removeAttributeNS(namespaceURI, localName);
    old.removeAttributeNS(namespaceURI, localName);
  }
}

// Scripts may have added some of their own.
function changeClasses(element, old, next) {
  element.classList.remove(...old);
  element.classList.add(...next);
}

function changeChildren(old, next) {
  const [before, after] = [[...old.childNodes], [...next.childNodes]];
  const parent = shown.get(old);
  const pairs = align(before, after).map((position) => (placeOf(before[position], parent) ? position : -1));
  const kept = new Set(pairs);
  before.forEach((node, index) => {
    if (!kept.has(index) && !isSpent(node)) remove(node, parent, before);
  });
  let last = null;
  const children = after.map((node, index) => {
    const known = before[pairs[index]];
    if (known) {
      change(known, node);
    } else if (last) {
      // Behind what it follows: what scripts added may stand anywhere else.
      last.after(make(node));
    } else {
      parent.prepend(make(node));
    }
    last = placeOf(known ?? node, parent);
    return known ?? node;
  });
  old.replaceChildren(...children);
}

/** The child of `parent` in which a sent node is shown: itself, or what a script put around it. */
function placeOf(node, parent) {
  let place = shown.get(node);
  while (place && place.parentNode !== parent) place = place.parentNode;
  return place;
}

// With what a script put around it, unless that holds others too.
function remove(node, parent, siblings) {
  const element = shown.get(node);
  const place = placeOf(node, parent) ?? element;
  const isShared = place !== element && siblings.some((other) => other !== node && place.contains(shown.get(other)));
  (isShared ? element : place).remove();
}

// Scripts that ran stay, so that they do not run again when the page has them again.
const isSpent = (node) => node.nodeName === "SCRIPT" && isFile(node);

/** The node to show for one that was sent. */
function make(node) {
  const made = document.importNode(node, true);
  pair(node, made);
  if (node.nodeType !== Node.ELEMENT_NODE) return made;
  // Scripts of a parsed document do not run; new ones do.
  const scripts = node.matches("script") ? [node] : [...node.querySelectorAll("script")];
  for (const script of scripts) {
    const fresh = document.createElement("script");
    for (const { name, value } of script.attributes) fresh.setAttribute(name, value);
    fresh.text = script.text;
    shown.get(script).replaceWith(fresh);
    pair(script, fresh);
  }
  return shown.get(node);
}

/** Loads the style sheets and images anew for which `newer` gives an address. */
export function refresh(newer) {
  for (const link of sent.querySelectorAll("link[rel=stylesheet]")) {
    const address = newer(shown.get(link).href);
    if (address) shown.set(link, replaceSheet(shown.get(link), address));
  }
  for (const media of document.querySelectorAll("img[src], video[src], source[src]")) {
    const address = newer(media.src);
    if (address) media.src = address;
  }
}

/** Puts a style sheet beside the one it replaces, which goes when the new one is there: so nothing flashes. */
function replaceSheet(link, address) {
  const fresh = link.cloneNode();
  stale.set(fresh, [link, ...(stale.get(link) ?? [])]);
  fresh.addEventListener("load", () => stale.get(fresh).forEach((old) => old.remove()), { once: true });
  fresh.href = address;
  link.after(fresh);
  return fresh;
}

/** The elements in which the top of the view lies, the innermost last, each with its place; `null` at the top. */
function anchorOfView() {
  if (scrollY === 0) return null;
  const anchors = [];
  const middle = innerWidth / 2;
  for (let element = document.body; element;) {
    element = [...element.children].find((child) => {
      const { left, right, bottom, height } = child.getBoundingClientRect();
      return height > 0 && bottom > 0 && left <= middle && right >= middle && !/fixed|sticky/.test(getComputedStyle(child).position);
    });
    if (element) anchors.push({ element, top: element.getBoundingClientRect().top });
  }
  return anchors;
}

/** Keeps what is being read where it was, whatever was inserted above it. */
function restoreView(anchors) {
  const anchor = anchors?.findLast(({ element }) => element.isConnected);
  if (!anchor) return;
  const root = document.documentElement;
  // Browsers that do this by themselves do it later, and once is enough.
  root.style.overflowAnchor = "none";
  scrollBy({ top: anchor.element.getBoundingClientRect().top - anchor.top, behavior: "instant" });
  requestAnimationFrame(() => requestAnimationFrame(() => {
    root.style.overflowAnchor = "";
    if (!root.getAttribute("style")) root.removeAttribute("style");
  }));
}
