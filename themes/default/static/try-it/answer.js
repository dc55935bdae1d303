// An answer -> what readers see of it. Whatever the service sent is shown as text or as an image, never as HTML.

import { button, make } from "./element.js";
import { tokens } from "./json.js";

/** Longer texts are cut; all of it can be saved. In characters. */
const LONGEST_TEXT = 200_000;
/** Longer JSON is not coloured. In characters. */
const LONGEST_COLOURED = 60_000;

/** Images that cannot hold scripts. */
const IMAGES = /^image\/(?:png|jpe?g|gif|webp|avif|bmp|x-icon)\b/i;
const TEXTS = /^text\/|[/+](?:json|xml|yaml|x-yaml|javascript|graphql|x-www-form-urlencoded|x-ndjson)\b|^$/i;
const STREAMS = /^text\/event-stream\b|[/+](?:x-ndjson|jsonl|json-seq)\b/i;

/** Where an answer is shown: its head when it comes, its pieces as they come where it is a stream, then all of it. */
export function makeAnswer(place) {
  const urls = [];
  const body = make("div", { class: "body" });
  let live = null;
  return {
    seeHead(answer) {
      const isGood = answer.status < 400;
      const line = make(
        "p",
        { class: "status" },
        make(
          "span",
          { class: `badge tone-${isGood ? (answer.status < 300 ? "good" : "info") : "bad"}` },
          String(answer.status),
        ),
        " ",
        answer.reason,
      );
      const facts = make("span", { class: "facts-of-answer" });
      line.append(facts);
      place.replaceChildren(
        line,
        ...(answer.redirected ? [make("p", { class: "note" }, `Redirected to ${answer.redirected}`)] : []),
        headersOf(answer),
        body,
      );
      if (STREAMS.test(answer.type)) {
        live = { text: make("pre", { tabindex: "0" }), decoder: new TextDecoder() };
        body.append(live.text);
      }
    },
    seePiece(piece) {
      if (live && live.text.textContent.length < LONGEST_TEXT) live.text.append(live.decoder.decode(piece, { stream: true }));
    },
    async seeAll(answer) {
      const facts = [duration(answer.time), bytes(answer.bytes.size)];
      place.querySelector(".facts-of-answer").textContent = facts.join(" · ");
      const notes = [];
      if (answer.isCut) notes.push("It is longer than is kept here.");
      if (answer.broken)
        notes.push(
          answer.broken.name === "AbortError"
            ? "Cancelled before all of it was there."
            : "It broke off before all of it was there.",
        );
      body.replaceChildren(...notes.map((note) => make("p", { class: "note" }, note)), ...(await shown(answer, urls)));
      return [`${answer.status} ${answer.reason}`.trim(), ...facts].join(", ");
    },
    /** Lets go of what is shown. */
    clear() {
      urls.splice(0).forEach((url) => URL.revokeObjectURL(url));
      place.replaceChildren();
    },
  };
}

function headersOf({ headers, isElsewhere }) {
  const list = make(
    "dl",
    {},
    ...headers.map(([name, value]) => make("div", {}, make("dt", {}, name), make("dd", {}, value))),
  );
  const words =
    "Of another site’s headers a page sees a few, and those that the site exposes (Access-Control-Expose-Headers).";
  const note = isElsewhere ? [make("p", { class: "note" }, words)] : [];
  return make("details", {}, make("summary", {}, `Headers (${headers.length})`), list, ...note);
}

async function shown(answer, urls) {
  const { bytes: all, type } = answer;
  if (all.size === 0) return [make("p", { class: "note" }, "No body.")];
  const file = save(answer, urls);
  if (IMAGES.test(type)) {
    const url = URL.createObjectURL(new Blob([all], { type: type.split(";")[0] }));
    urls.push(url);
    return [make("img", { src: url, alt: "The image that was answered" }), file];
  }
  const text = TEXTS.test(type) ? await decoded(all, type) : null;
  if (text === null) return [make("p", { class: "note" }, `${type || "Bytes"}: not shown here.`), file];
  const laid = /[/+]json\b/i.test(type) || /^\s*[[{]/.test(text) ? tokens(text) : null;
  const words = laid ? laid.map(([, token]) => token).join("") : text;
  const listing = make("pre", { tabindex: "0", "aria-label": "Body" });
  if (laid && words.length <= LONGEST_COLOURED)
    listing.append(...laid.map(([kind, token]) => (kind ? make("i", { class: kind }, token) : token)));
  else listing.textContent = words.slice(0, LONGEST_TEXT);
  const copy = button("Copy");
  copy.addEventListener("click", () =>
    navigator.clipboard?.writeText(words).then(
      () => (copy.textContent = "Copied"),
      () => (copy.textContent = "Not allowed"),
    ),
  );
  const cut =
    words.length > LONGEST_TEXT
      ? [
          make(
            "p",
            { class: "note" },
            `The first ${LONGEST_TEXT.toLocaleString("en")} of ${words.length.toLocaleString("en")} characters.`,
          ),
        ]
      : [];
  file.prepend(...(navigator.clipboard ? [copy, " "] : []));
  return [listing, ...cut, file];
}

/** The text of `all` in the encoding that its type names; `null` when it is no text. */
async function decoded(all, type) {
  const charset = /charset="?([\w-]+)/i.exec(type)?.[1] ?? "utf-8";
  try {
    const text = new TextDecoder(charset, { fatal: true }).decode(await all.arrayBuffer());
    return text.includes("\0") ? null : text;
  } catch {
    return null;
  }
}

/** A way to save the body as it came. It has no type: a browser that opened it would run what is in it as a page of this site. */
function save({ bytes: all, headers, type, path }, urls) {
  const disposition = headers.find(([name]) => name === "content-disposition")?.[1] ?? "";
  const stated = /filename="?([^";]+)/i.exec(disposition)?.[1];
  const last = path.split("/").filter(Boolean).pop() ?? "answer";
  const ending = /[/+](json|xml|csv|pdf|zip|png|jpeg|gif|webp|html)\b/i.exec(type)?.[1]?.toLowerCase();
  const name = stated ?? (ending && !last.includes(".") ? `${last}.${ending}` : last);
  const url = URL.createObjectURL(new Blob([all], { type: "application/octet-stream" }));
  urls.push(url);
  return make("p", { class: "deeds" }, make("a", { href: url, download: name }, `Save as ${name}`));
}

const duration = (time) => (time < 1000 ? `${Math.round(time)} ms` : `${(time / 1000).toFixed(2)} s`);

function bytes(size) {
  if (size < 1000) return `${size} ${size === 1 ? "byte" : "bytes"}`;
  return size < 1e6 ? `${(size / 1e3).toFixed(1)} kB` : `${(size / 1e6).toFixed(1)} MB`;
}
