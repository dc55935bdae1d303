// Listens to the preview server: lets the page become what it now is, goes where something is edited, shows problems.

import { patch, refresh, remember } from "./patch.js";
import { showProblems } from "./problems.js";

remember();

// The server says on the script's element what it sent.
const own = document.querySelector("script[data-seen]");

// The edition that this page knows of, and the stream of news about later ones.
let seen = own.dataset.seen;
let stream = null;

// The version of the page that it should become, and the page itself when it came with the news.
let wanted = own.dataset.page;
let offered = null;
let isChanging = false;

function receive(event) {
  const news = JSON.parse(event.data);
  seen = event.lastEventId;
  if (news.follow) {
    location.assign(news.follow);
    return;
  }
  showProblems(news);
  refresh((address) => newer(address, news));
  wanted = news.page;
  offered = news.html ?? null;
  if (!isChanging) changePage();
}

/** Becomes the page that is wanted; while that happens, it may become another one. */
async function changePage() {
  isChanging = true;
  for (let tries = 0; wanted && wanted !== own.dataset.page && tries < 3; tries += 1) {
    const html = offered ?? (await fetchPage());
    offered = null;
    // A server that is gone will be heard of when it is back.
    if (html === null) break;
    try {
      patch(html);
    } catch {
      location.reload();
      return;
    }
    document.dispatchEvent(new CustomEvent("livedoc:patched"));
  }
  isChanging = false;
}

async function fetchPage() {
  try {
    return await (await fetch(location.href, { cache: "no-store" })).text();
  } catch {
    return null;
  }
}

/** A new address for a file that was edited, so that it is loaded anew. Those that tell their version need none. */
function newer(address, { changed, version }) {
  const url = new URL(address, location.href);
  const file = decodeURIComponent(url.pathname.slice(1));
  if (url.origin !== location.origin || url.searchParams.has("v") || !changed.includes(file)) return null;
  url.searchParams.set("livedoc", version);
  return url.href;
}

/** A page that nobody sees does not listen: browsers allow few streams, and it asks when it is seen again. */
function listen() {
  const isSeen = document.visibilityState === "visible";
  if (isSeen && !stream) {
    stream = new EventSource(`/_livedoc/events?page=${encodeURIComponent(location.pathname)}&seen=${encodeURIComponent(seen)}`);
    stream.addEventListener("message", receive);
  } else if (!isSeen && stream) {
    stream.close();
    stream = null;
  }
}

document.addEventListener("visibilitychange", listen);
listen();
