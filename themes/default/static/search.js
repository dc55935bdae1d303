// Search, the reader's side. Reads the files that src/search writes, only those that a query needs, and for excerpts the
// parts of the pages' Markdown copies that they say.
//
// `data-root` of <html> says where the site's root is. Any element with [data-search-open] opens the
// dialog; it may be hidden until this module runs. The dialog and all that is in it is made here; search.css dresses it.
// Nothing here touches the document until `attach` is called, at the end, so that tests can import it anywhere.

// ---- Words: the same rules as src/search/fold.rs and words.rs ----

const LETTERS = { ß: "ss", æ: "ae", ð: "d", ø: "o", þ: "th", đ: "d", ħ: "h", ı: "i", ł: "l", œ: "oe" };
const SCRIPTS =
  "\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3005-\\u3007\\u3040-\\u30ff\\u31f0-\\u31ff\\u3400-\\u4dbf" +
  "\\u4e00-\\u9fff\\uac00-\\ud7af\\uf900-\\ufaff\\uff66-\\uff9d\\u{20000}-\\u{323af}";
const MARKS = "\\u0300-\\u036f\\u1ab0-\\u1aff\\u1dc0-\\u1dff\\u20d0-\\u20ff\\ufe20-\\ufe2f";
const RUN = new RegExp(
  `(?:(?![${SCRIPTS}])[\\p{Alphabetic}\\p{N}_${MARKS}])+|(?:(?=[${SCRIPTS}])[\\p{Alphabetic}\\p{N}])+`, "gu");
const SCRIPT = new RegExp(`^[${SCRIPTS}]`, "u");
const MARK = new RegExp(`[${MARKS}]`, "u");
const LONGEST_WORD = 40;
const MOST_PARTS = 8;

/** How search spells `text`. */
export function fold(text) {
  if (/^[a-z0-9]*$/.test(text)) return text;
  let folded = "";
  for (const character of text.normalize("NFKD")) {
    for (const lower of character.toLowerCase()) {
      if (/[\p{Alphabetic}\p{N}]/u.test(lower) && !MARK.test(lower)) folded += LETTERS[lower] ?? lower;
    }
  }
  return folded;
}

/** The parts of a token, folded: `getOrder_7` is get, order, 7. */
function parts(token) {
  const found = [];
  let [part, at, before, previous, previousAt] = [0, 0, "", "", 0];
  const push = (end) => {
    const folded = fold(token.slice(part, end)).replace(/^0+(?=.)/, "");
    if (folded) found.push(folded);
    part = end;
  };
  for (const character of token) {
    if (!MARK.test(character)) {
      const kind = character === "_" ? "_" : /\p{N}/u.test(character) ? "N" : /\p{Uppercase}/u.test(character) ? "U" : "L";
      const step = previous + kind;
      if (step === "UL" && before === "U") { if (previousAt > part) push(previousAt); }
      else if (step === "LU" || (step.length === 2 && step !== "UL" && previous !== kind)) push(at);
      [before, previous, previousAt] = [previous, kind, at];
    }
    at += character.length;
  }
  push(token.length);
  return found;
}

const cut = (word) => (word.length <= LONGEST_WORD ? word : [...word].slice(0, LONGEST_WORD).join(""));

/** The tokens of `text` with their places: `whole` is the token as one word, `parts` what it falls into. */
export function tokens(text) {
  const found = [];
  for (const { 0: run, index: start } of text.matchAll(RUN)) {
    if (SCRIPT.test(run)) {
      const characters = [...run];
      let at = start;
      for (let i = 0; i < Math.max(characters.length - 1, 1); i += 1) {
        const whole = characters.slice(i, i + 2).join("");
        found.push({ start: at, end: at + whole.length, whole, parts: [whole], script: true, key: i ? whole.slice(characters[i].length) : whole });
        at += characters[i].length;
      }
      continue;
    }
    const pieces = parts(run);
    if (pieces.length === 0) continue;
    const key = pieces.join("");
    const kept = pieces.length > MOST_PARTS ? [key] : pieces;
    found.push({ start, end: start + run.length, whole: cut(key), parts: kept.map(cut), script: false, key });
  }
  return found;
}

/** Every word by which a text is found, in the order in which the index is given them. */
export const words = (text) =>
  tokens(text).flatMap((token) => (token.parts.length > 1 ? [token.whole, ...token.parts] : [token.whole]));

/** All of a name as one word; of a path the parts stay apart. */
export const key = (name) =>
  cut(name.split("::").map((part) => tokens(part).map((token) => token.key).join("")).filter((part) => part !== "").join("::"));

// ---- Files: the same formats as src/search/manifest.rs, dictionary.rs, postings.rs and stored.rs ----

class Reader {
  constructor(bytes, at = 0, end = bytes.length) { Object.assign(this, { bytes, at, end }); }
  get isAtEnd() { return this.at >= this.end; }
  byte() { return this.bytes[this.at++]; }
  varint() {
    for (let number = 0, shift = 0; ; shift += 7) {
      const byte = this.byte();
      number |= (byte & 127) << shift;
      if (!(byte & 128)) return number;
    }
  }
  slice(length) { return this.bytes.subarray(this.at, (this.at += length)); }
  string() { return TEXT.decode(this.slice(this.varint())); }
  name() { return [...this.slice(4)].map((byte) => byte.toString(16).padStart(2, "0")).join(""); }
  /** A function that reads one front-coded string after another. */
  frontCoded() {
    let previous = new Uint8Array();
    return () => {
      const [shared, length] = [this.varint(), this.varint()];
      const bytes = new Uint8Array(shared + length);
      bytes.set(previous.subarray(0, shared));
      bytes.set(this.slice(length), shared);
      return TEXT.decode((previous = bytes));
    };
  }
}
const TEXT = new TextDecoder();

/** A reader of a file's bytes, unpacked. */
async function unpack(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Reader(new Uint8Array(await new Response(stream).arrayBuffer()));
}

async function readManifest(bytes) {
  const head = new Reader(bytes);
  const names = Array.from({ length: head.varint() }, () => head.name());
  const reader = await unpack(bytes.subarray(head.at));
  const manifest = { kinds: [], folders: {}, separators: {}, chunks: [0], parts: [] };
  let documents = 0;
  for (let left = reader.varint(); left > 0; left -= 1) {
    const kind = { facet: reader.string(), name: reader.string(), label: reader.string(), scheme: reader.string(), isListed: reader.varint() === 1, first: documents };
    kind.end = documents += reader.varint();
    manifest.kinds.push(kind);
  }
  for (const folder of ["words", "beginnings"]) {
    const next = reader.frontCoded();
    manifest.separators[folder] = Array.from({ length: reader.varint() }, next);
    manifest.folders[folder] = names.splice(0, manifest.separators[folder].length);
  }
  for (let left = reader.varint(); left > 0; left -= 1) {
    const begun = reader.varint();
    manifest.chunks.push(manifest.chunks.at(-1) + begun);
    manifest.parts.push(begun === 0 ? reader.varint() : 0);
  }
  manifest.folders.documents = names;
  return manifest;
}

async function readShard(bytes) {
  const reader = await unpack(bytes);
  const next = reader.frontCoded();
  const entries = [];
  while (!reader.isAtEnd) {
    const [word, count, length] = [next(), reader.varint(), reader.varint()];
    entries.push({ word, documents: count >> 1, isPartial: count % 2 === 1, list: reader.slice(length) });
  }
  return entries;
}

/** Calls `found(document, section, strength)` for each hit of an entry's posting list. */
function eachHit({ list, documents: all, isPartial }, found) {
  const distances = new Reader(list);
  const count = isPartial ? distances.varint() : all;
  const hits = new Reader(list, distances.at);
  for (let left = count; left > 0; left -= 1) hits.varint();
  for (let left = count, document = -1; left > 0; left -= 1) {
    document += distances.varint() + 1;
    for (let section = -1, byte = 0; byte < 128; ) {
      byte = hits.byte();
      const gap = byte & 3;
      section += 1 + gap + (gap === 3 ? hits.varint() : 0);
      found(document, section, (byte >> 2) & 31);
    }
  }
}

async function readChunk(bytes) {
  const reader = await unpack(bytes);
  const documents = [];
  while (!reader.isAtEnd) {
    const next = reader.frontCoded();
    const document = { url: next(), copy: next(), context: reader.string(), title: reader.string() };
    let end = 0;
    document.sections = Array.from({ length: reader.varint() }, () => {
      const [anchor, heading, distance] = [reader.string(), reader.string(), reader.varint()];
      const start = end + ((distance >>> 1) ^ -(distance & 1));
      return { anchor, heading, start, end: (end = start + reader.varint()) };
    });
    documents.push(document);
  }
  return documents;
}

/** A file that the manifest names is not there: the site was built anew since the manifest was read. */
export class OutdatedError extends Error {}

/** Order by code point, which is that of the index. */
function isWordBefore(one, other) {
  const length = Math.min(one.length, other.length);
  for (let i = 0; i < length; i += 1) {
    let [a, b] = [one.charCodeAt(i), other.charCodeAt(i)];
    if (a === b) continue;
    if (a >= 0xd800 && b >= 0xd800) [a, b] = [a, b].map((unit) => (unit >= 0xe000 ? unit - 0x2000 : unit + 0x800));
    return a < b;
  }
  return one.length < other.length;
}

/** The number of the last of `firsts` that is not behind `item`; -1 when all are. */
function place(firsts, item, isBefore = isWordBefore) {
  let [low, high] = [0, firsts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(item, firsts[middle])) high = middle;
    else low = middle + 1;
  }
  return low - 1;
}

// ---- Answers ----

/** What a hit is worth: less in text than in a heading, in a title, as the title; within each by its impact. */
function worth(strength) {
  const [field, impact] = [strength >> 3, (strength & 7) / 7];
  return [0.2 + 0.8 * impact, 1.5 + 0.5 * impact, 4 + impact, 6 + impact][field];
}
const KEY = 3 << 3;
const NAME = 2 << 3;
/** A lower worth is no name's, however little of the name was typed. */
const WORTH_OF_NAMES = 2.2;

/** What it adds to be called exactly what was typed. */
const EXACT = 1000;
/** Of a longer query, the longest words are looked up. */
const MOST_WORDS = 5;
/** What has more words is found by them, and not looked up as a name. */
const MOST_NAMED = 3;

/** Whether a letter added, lost, changed or swapped with the next one makes `other` of `one`. */
export function isOneLetterOff(one, other) {
  let start = 0;
  while (start < one.length && one[start] === other[start]) start += 1;
  const [a, b] = [one.slice(start), other.slice(start)];
  return a.slice(1) === b.slice(1) || a.slice(1) === b || a === b.slice(1) ||
    (a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2));
}

/** Of a section, so many bytes are read for an excerpt. */
const LONGEST_EXCERPT = 3000;

/**
 * The index behind `load(path, { signal, range, isFresh })`, which promises the bytes of a file of the site, or those from
 * `range[0]` up to `range[1]`; it throws an error with `isMissing` when there is no such file. A file of the index that has
 * been loaded never changes, but for the manifest, which must be asked for anew each time (`isFresh`).
 */
export function openIndex(load) {
  let edition;
  const files = new Map();

  /** One request for each file. Those that fail or are aborted are forgotten. */
  function file(path, signal, read, range) {
    const key = range ? `${path}#${range}` : path;
    if (!files.has(key)) {
      const promise = load(path, { signal, range }).then(read);
      const forget = () => files.get(key) === promise && files.delete(key);
      files.set(key, promise);
      signal?.addEventListener("abort", forget);
      promise.then(() => signal?.removeEventListener("abort", forget), forget);
    }
    return files.get(key);
  }

  /** A file of the index. What some servers answer instead of one that is not there is none either. */
  const part = (path, signal, read) =>
    file(path, signal, (bytes) => read(bytes).catch((error) => Promise.reject(new OutdatedError(path, { cause: error }))))
      .catch((error) => Promise.reject(error.isMissing ? new OutdatedError(path, { cause: error }) : error));

  /** Reads the manifest again; says whether it is another one. */
  async function refresh(signal) {
    const bytes = await load("search/manifest.bin", { signal, isFresh: true });
    if (edition?.bytes.length === bytes.length && edition.bytes.every((byte, i) => byte === bytes[i])) return false;
    edition = { ...openEdition(await readManifest(bytes), part, file), bytes };
    return true;
  }

  return {
    refresh,
    facets: () => edition?.facets ?? [],
    /** As `answer` of the edition; once more from the start when the site was built anew in between. */
    async search(query, { facet, signal } = {}) {
      if (!edition) await refresh(signal);
      try {
        return await edition.answer(query, facet, signal);
      } catch (error) {
        if (!(error instanceof OutdatedError) || !(await refresh(signal))) throw error;
        return edition.answer(query, facet, signal);
      }
    },
  };
}

/** The index as one manifest describes it. */
function openEdition(manifest, part, file) {
  const shard = (folder, number, signal) =>
    number < 0 ? [] : part(`search/${folder}/${manifest.folders[folder][number]}.bin`, signal, readShard);

  async function entriesOf(word, signal, folder = "words") {
    const entries = await shard(folder, place(manifest.separators[folder], word), signal);
    return entries.filter((entry) => entry.word === word);
  }

  /** Those of `word` and of what begins with it; where that is too much, of names that begin with it. */
  async function entriesFrom(word, signal) {
    const separators = manifest.separators.words;
    const first = place(separators, word);
    let last = first;
    while (separators[last + 1]?.startsWith(word)) last += 1;
    if (last - first >= 2) {
      const [own, names] = await Promise.all([entriesOf(word, signal), entriesOf(word, signal, "beginnings")]);
      return [...own, ...names.map((entry) => ({ ...entry, isBeginning: true }))];
    }
    const shards = await Promise.all([shard("words", first, signal), last > first ? shard("words", last, signal) : []]);
    // Paths begin with what leads to a name; that is not the name's beginning.
    const isPath = word.includes("::");
    return shards.flat().filter((entry) => entry.word.startsWith(word) && entry.word.includes("::") === isPath);
  }

  /** Of a word that is nowhere: those of words that look like it, among its neighbours in the alphabet. */
  async function entriesNear(word, isOpen, signal) {
    if (word.length < 4) return [];
    const entries = await shard("words", place(manifest.separators.words, word), signal);
    const lengths = isOpen ? [word.length - 1, word.length, word.length + 1] : [Infinity];
    return entries.filter((entry) => lengths.some((length) => isOneLetterOff(word, entry.word.slice(0, length))));
  }

  /** What the parts of a name find together, each as the beginning of a part of a name: `HighRate`, `hiErRa`. */
  async function findHumps(parts, signal) {
    const found = await Promise.all(parts.map(async (part) => {
      const entries = await entriesFrom(part, signal);
      const [whole, begun] = [entries.filter((entry) => entry.word === part), entries.filter((entry) => entry.word !== part)];
      return merge(gather(whole, () => 0.65), gather(begun, () => 0.65, NAME));
    }));
    return inAll(found);
  }

  /** What a token of the query finds, and what is to be marked in the texts. */
  async function find(token, signal) {
    const { whole: word, isOpen } = token;
    const share = (entry) => (entry.isBeginning ? 0.7 : 0.6 + (0.4 * word.length) / entry.word.length);
    // A single character of a script without spaces is the beginning of pairs.
    const isBeginning = isOpen || (token.script && [...word].length === 1);
    const found = { typed: word, words: new Set([word]), beginnings: new Set(isBeginning ? [word] : []) };
    let entries = isBeginning ? await entriesFrom(word, signal) : await entriesOf(word, signal);
    found.documents = gather(entries, share);
    if (token.parts.length > 1 && found.documents.size < 10) {
      merge(found.documents, await findHumps(token.parts, signal));
      token.parts.forEach((part) => found.beginnings.add(part));
    }
    if (found.documents.size === 0 && !isBeginning) {
      found.documents = gather((entries = await entriesFrom(word, signal)), share);
      found.beginnings.add(word);
    }
    if (found.documents.size === 0) {
      found.documents = gather((entries = await entriesNear(word, isOpen, signal)), () => 0.5);
      entries.forEach((entry) => found.words.add(entry.word));
      found.instead = entries.reduce((best, entry) => (entry.documents > (best?.documents ?? 0) ? entry : best), undefined)?.word;
    }
    found.isPartial = entries.some((entry) => entry.isPartial);
    const frequency = Math.max(found.documents.size, ...entries.map((entry) => entry.documents));
    found.rarity = Math.log(1 + (manifest.chunks.at(-1) - frequency + 0.5) / (frequency + 0.5));
    return found;
  }

  /** Documents that are called what the query says, or begin so: Map of document -> what that adds. */
  async function findNames(name, isOpen, signal) {
    const bonus = new Map();
    const entries = isOpen ? await entriesFrom(name, signal) : await entriesOf(name, signal);
    for (const entry of entries) {
      const added = entry.isBeginning ? 150 : entry.word === name ? EXACT : (300 * name.length) / entry.word.length;
      eachHit(entry, (document, _, strength) => {
        if (strength >= KEY) bonus.set(document, Math.max(bonus.get(document) ?? 0, added));
      });
    }
    return bonus;
  }

  /** Splits a query into its words and its filters: `kind:decisions`, `adr:7`. A filter is a facet's or a kind's name. */
  function parse(query) {
    const filters = [];
    const isOf = (kind, name, isWhole) =>
      [kind.facet, kind.name, kind.label, kind.scheme].some((label) => (isWhole ? key(label) === name : key(label).startsWith(name)));
    const text = query.replace(/(?<!\S)([\p{L}\p{N}_-]+):(?!:)(\S*)/gu, (all, prefix, rest) => {
      const isKind = prefix === "kind";
      const name = key(isKind ? rest : prefix);
      if (isKind && name === "") return "";
      const kinds = manifest.kinds.filter((kind) => isOf(kind, name, !isKind));
      if (kinds.length === 0) return all;
      filters.push(kinds);
      return isKind ? "" : rest;
    });
    const isOpen = /[\p{Alphabetic}\p{N}_]$/u.test(text);
    const typed = tokens(text).map((token, i, { length }) => ({ ...token, isOpen: isOpen && i === length - 1 }));
    const longest = [...typed].sort((one, other) => other.whole.length - one.whole.length).slice(0, MOST_WORDS);
    return { filters, tokens: typed.filter((token) => longest.includes(token)), name: key(text), isOpen };
  }

  const kindOf = (document) => manifest.kinds.find((kind) => document < kind.end);

  /**
   * What `query` finds, best first, of all kinds or of one `facet`:
   * `{ total, facets, corrections, isRelaxed, results(from, to, signal) }`.
   */
  async function answer(query, facet, signal) {
    const { filters, tokens, name, isOpen } = parse(query);
    const [finds, names] = await Promise.all([
      Promise.all(tokens.map((token) => find(token, signal))),
      name && tokens.length <= MOST_NAMED ? findNames(name, isOpen, signal) : new Map(),
    ]);
    // Several words look for a document rather than for something in one.
    const isPhrase = tokens.length > 1;
    for (const [document, bonus] of names) if (isPhrase && bonus < EXACT && !kindOf(document).isListed) names.delete(document);
    const { scores, isRelaxed } = rank(finds, names);
    if (tokens.length === 0 && filters.length > 0) {
      for (const { first, end } of filters[0]) for (let i = first; i < end; i += 1) scores.set(i, { score: 0, section: 0 });
    }
    const facets = new Map(manifest.kinds.map((kind) => [kind.facet, 0]));
    let hits = [...scores].map(([document, hit]) => ({ document, kind: kindOf(document), ...hit }));
    hits = hits.filter(({ kind }) => filters.every((kinds) => kinds.includes(kind)));
    if (isPhrase) for (const hit of hits) if (hit.kind.isListed) hit.score *= 1.15;
    hits.forEach(({ kind }) => facets.set(kind.facet, facets.get(kind.facet) + 1));
    if (facet) hits = hits.filter(({ kind }) => kind.facet === facet);
    hits.sort((one, other) => other.score - one.score || one.document - other.document);
    const corrections = finds.filter(({ instead }) => instead).map(({ typed, instead }) => [typed, instead]);
    const results = (from, to, signal) => Promise.all(hits.slice(from, to).map((hit) => result(hit, finds, signal)));
    return { total: hits.length, facets, corrections, isRelaxed, results };
  }

  async function result({ document: number, kind, section }, finds, signal) {
    const { chunks, parts } = manifest;
    let chunk = place(chunks, number, (one, other) => one < other);
    let inChunk = number - chunks[chunk];
    // The last document of a chunk may go on in those that follow.
    if (number + 1 === chunks[chunk + 1]) {
      while (parts[chunk + 1] > 0 && parts[chunk + 1] <= section) [chunk, inChunk] = [chunk + 1, 0];
    }
    const path = `search/documents/${manifest.folders.documents[chunk]}.bin`;
    const document = (await part(path, signal, readChunk))[inChunk];
    const { anchor, heading, ...own } = document.sections[section - parts[chunk]] ?? { anchor: "", heading: "", start: 0, end: 0 };
    const url = anchor ? `${document.url.split("#")[0]}#${encodeURIComponent(anchor)}` : document.url;
    // What is found by its title may begin with a heading.
    const shown = own.start < own.end || section > 0 ? own : (document.sections.find(({ start, end }) => start < end) ?? own);
    const mark = (text) => marked(text, finds);
    return {
      url, kind: kind.label, context: document.context, title: mark(document.title), heading: mark(heading),
      excerpt: async () => excerpt(mark(await text(document.copy, shown, signal))),
    };
  }

  /** The words of a section as its page's copy has them; none when it cannot be had. */
  async function text(copy, { start, end }, signal) {
    if (!copy || start >= end) return "";
    // The last character may be cut: it is waited for, and left out.
    const read = (bytes) => plain(new TextDecoder().decode(bytes, { stream: true }));
    try {
      return await file(copy, signal, read, [start, Math.min(end, start + LONGEST_EXCERPT)]);
    } catch (error) {
      if (signal?.aborted) throw error;
      return "";
    }
  }

  return { answer, facets: [...new Set(manifest.kinds.map((kind) => kind.facet))] };
}

/** The words of Markdown as the copies have it, without its marks. */
export function plain(markdown) {
  let fence = "";
  const line = (text) => {
    const found = text.match(/^[ >]*(`{3,})/)?.[1] ?? "";
    if (fence ? found.length >= fence.length : found) {
      fence = fence ? "" : found;
      return "";
    }
    return fence ? text : plainLine(text);
  };
  return markdown.split("\n").map(line).join(" ").replace(/\s+/g, " ").trim();
}

function plainLine(line) {
  const isRow = line.startsWith("|");
  // The line below a table's head, the kind of an alert, what a line begins with, addresses, footnotes.
  let text = isRow && !/[^|:\s-]/.test(line) ? "" : line.replace(/^[ >]*(?:\[![A-Z]+\]|(?:[-:]|\d+\.|#{1,6}|\[\^\d+\]:) +(?:\[[ x]\] )?)?/, "");
  for (let depth = 0; depth < 2; depth += 1) text = text.replace(/(?<!\\)!?\[((?:\\.|[^[\]\\])*)\]\((?:<[^>]*>|[^()\s]*)\)/g, "$1");
  text = text.replace(/\[\^\d+\]/g, "");
  // Only outside of code are these marks.
  const bare = (piece) => {
    const words = piece.replace(/(?<!\\)(?:\*{1,3}|~~)|<\/?su[bp]>|\\$/g, "");
    return (isRow ? words.replace(/(?<!\\)\|/g, " ") : words).replace(/\\([!-/:-@[-`{-~])/g, "$1");
  };
  return text.replace(/(`+)([^`]|[^`].*?[^`])\1(?!`)|[^`]+|`+/g, (piece, mark, code) => (mark ? code.trim() : bare(piece)));
}

/** Hits of `entries`: Map of document -> Map of section -> worth. `share` is what counts of it, `least` the least strength. */
function gather(entries, share, least = 0) {
  const documents = new Map();
  for (const entry of entries) {
    const factor = share(entry);
    eachHit(entry, (document, section, strength) => {
      if (strength >= least) put(documents, document, section, worth(strength) * factor);
    });
  }
  return documents;
}

function put(documents, document, section, value) {
  let sections = documents.get(document);
  if (!sections) documents.set(document, (sections = new Map()));
  if (value > (sections.get(section) ?? 0)) sections.set(section, value);
}

function merge(documents, others) {
  for (const [document, sections] of others) for (const [section, value] of sections) put(documents, document, section, value);
  return documents;
}

/** The documents that all of `found` hold; a section is worth the mean of what it is to each. */
function inAll([first, ...others]) {
  const documents = new Map();
  for (const [document, sections] of first) {
    if (!others.every((other) => other.has(document))) continue;
    const all = [sections, ...others.map((other) => other.get(document))];
    for (const section of new Set(all.flatMap((sections) => [...sections.keys()]))) {
      put(documents, document, section, all.reduce((sum, sections) => sum + (sections.get(section) ?? 0), 0) / all.length);
    }
  }
  return documents;
}

/**
 * Documents that hold every word (words that are nearly everywhere need not be listed), or as many as any holds; with a
 * score, and the section to which the hit leads: Map of document -> { score, section }.
 */
function rank(finds, names) {
  const required = finds.filter((find) => !find.isPartial);
  const held = new Map();
  for (const { documents } of required.length > 0 ? required : finds) {
    for (const document of documents.keys()) held.set(document, (held.get(document) ?? 0) + 1);
  }
  const most = Math.max(0, ...held.values());
  const scores = new Map();
  for (const [document, count] of held) {
    if (count === most || required.length === 0) scores.set(document, score(finds, document));
  }
  for (const [document, bonus] of names) {
    if (!scores.has(document)) scores.set(document, { score: 0, section: 0 });
    scores.get(document).score += bonus;
  }
  return { scores, isRelaxed: most < required.length && scores.size > 0 };
}

function score(finds, document) {
  const found = finds.map(({ documents, rarity }) => ({ sections: documents.get(document) ?? new Map(), rarity }));
  let best = { score: -1, section: 0 };
  const sections = new Set([0, ...found.flatMap(({ sections }) => [...sections.keys()])]);
  for (const section of [...sections].sort((one, other) => one - other)) {
    let sum = 0;
    for (const { sections, rarity } of found) {
      const own = sections.get(section) ?? 0;
      const title = sections.get(0) ?? 0;
      // A title stands over all sections; a word in another section counts a little.
      const name = title > WORTH_OF_NAMES ? title : 0;
      sum += rarity * Math.max(own, name, 0.3 * Math.min(1, ...sections.values()));
    }
    if (sum > best.score + 1e-9) best = { score: sum, section };
  }
  return best;
}

/** `text` in pieces: `{ text, word }`, where `word` is what of the query the piece is, or undefined. */
function marked(text, finds) {
  const pieces = [];
  let at = 0;
  for (const { start, end, whole, parts } of tokens(text)) {
    const word = finds.find(({ words, beginnings }) =>
      [whole, ...parts].some((word) => words.has(word) || [...beginnings].some((beginning) => word.startsWith(beginning))));
    if (!word) continue;
    if (start > at) pieces.push({ text: text.slice(at, start) });
    pieces.push({ text: text.slice(Math.max(start, at), end), word: word.typed });
    at = end;
  }
  if (at < text.length) pieces.push({ text: text.slice(at) });
  return pieces;
}

const EXCERPT = 220;

/** The stretch of a marked text that shows most of the query, cut at spaces. */
function excerpt(pieces) {
  const starts = [];
  let length = 0;
  for (const { text } of pieces) {
    starts.push(length);
    length += text.length;
  }
  let best = { start: 0, words: 0 };
  pieces.forEach((piece, i) => {
    if (!piece.word) return;
    const seen = new Set();
    for (let j = i; j < pieces.length && starts[j] < starts[i] + EXCERPT * 0.7; j += 1) if (pieces[j].word) seen.add(pieces[j].word);
    if (seen.size > best.words) best = { start: starts[i], words: seen.size };
  });
  const whole = pieces.map(({ text }) => text).join("");
  let start = best.start > EXCERPT * 0.3 ? best.start - Math.floor(EXCERPT * 0.3) : 0;
  let end = Math.min(start + EXCERPT, length);
  if (start > 0) start += Math.max(0, whole.slice(start, best.start).search(/\s/) + 1);
  if (end < length) end = Math.max(whole.slice(0, end).search(/\s\S*$/), best.start + 1);
  const cut = pieces.map(({ text, word }, i) => ({ text: text.slice(Math.max(0, start - starts[i]), Math.max(0, end - starts[i])), word }));
  const shown = cut.filter(({ text }) => text !== "");
  if (start > 0) shown.unshift({ text: "… " });
  if (end < length) shown.push({ text: " …" });
  return shown;
}

// ---- The dialog ----

/** So many results are loaded at a time: each costs a few kilobytes. */
const BATCH = 5;
/** So many milliseconds somebody stops typing before the index is asked. */
const PAUSE = 120;

const element = (name, attributes = {}, ...children) => {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...children);
  return made;
};

const pieces = (list) => list.map(({ text, word }) => (word ? element("mark", {}, text) : text));

/** Loads files of the site over HTTP, from below `root`. */
export const over = (root) => async (path, { signal, range, isFresh } = {}) => {
  const url = new URL(path, root);
  const headers = range ? { Range: `bytes=${range[0]}-${range[1] - 1}` } : {};
  const response = await fetch(url, { signal, headers, cache: isFresh ? "no-cache" : "default" });
  if (!response.ok) {
    throw Object.assign(new Error(`${url.pathname}: ${response.status} ${response.statusText}`), { isMissing: response.status === 404 });
  }
  if (!range || response.status === 206) return new Uint8Array(await response.arrayBuffer());
  // The server does not know ranges. What is behind the range is not waited for.
  const bytes = new Uint8Array(range[1]);
  let length = 0;
  const reader = response.body.getReader();
  for (let read; length < range[1] && !(read = await reader.read()).done; length += read.value.length) {
    bytes.set(read.value.subarray(0, range[1] - length), length);
  }
  reader.cancel().catch(() => {});
  return bytes.subarray(range[0], length);
};

/** Whether keys belong to a field. One in a dialog that was just closed has the focus for a moment longer. */
const isTyping = (target) =>
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) && !target.closest("dialog:not([open])");

function attach() {
  const root = new URL(document.documentElement.dataset.root || "./", location.href);
  const index = openIndex(over(root));
  let view;

  const open = () => (view ??= dialog(index, root)).open();

  for (const opener of document.querySelectorAll("[data-search-open]")) opener.hidden = false;
  document.addEventListener("click", (event) => event.target.closest?.("[data-search-open]") && open());
  document.addEventListener("keydown", (event) => {
    const isKey = /^[/sS]$/.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey;
    const isControlK = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if ((isKey || isControlK) && !event.defaultPrevented && !isTyping(event.target) && !document.querySelector("dialog[open]")) {
      event.preventDefault();
      open();
    }
  });
}

/** Makes the dialog, and the only state there is: what was asked last, and which result is active. */
function dialog(index, root) {
  const input = element("input", {
    class: "search-input", type: "search", role: "combobox", placeholder: "Search", autocomplete: "off", autocapitalize: "off",
    spellcheck: "false", enterkeyhint: "go", "aria-label": "Search", "aria-autocomplete": "list", "aria-haspopup": "listbox",
    "aria-controls": "search-results", "aria-expanded": "false",
  });
  const close = element("button", { class: "search-close", type: "button" }, "Close");
  const kinds = element("fieldset", { class: "search-kinds", hidden: "" }, element("legend", { class: "search-legend" }, "Kind"));
  const status = element("p", { class: "search-status", role: "status" });
  const retry = element("button", { class: "search-retry", type: "button", hidden: "" }, "Try again");
  const list = element("div", { class: "search-results", id: "search-results", role: "listbox", "aria-label": "Results" });
  const keys = element("p", { class: "search-keys", "aria-hidden": "true" });
  for (const [key, does] of [["↑ ↓", "move"], ["Enter", "open"], ["Tab", "kinds"], ["Esc", "close"]]) {
    keys.append(element("span", {}, element("kbd", {}, key), ` ${does}`));
  }
  const box = element("dialog", { class: "search-dialog", "aria-label": "Search" },
    element("div", { class: "search-head" }, input, close), kinds, status, retry, list, keys);
  document.body.append(box);

  let query = { abort: new AbortController() };
  let active = -1;
  let hasMoved = false;
  let isHurried = false;
  let timer;

  const options = () => list.children;
  const facet = () => kinds.querySelector("input:checked")?.value;

  function activate(place) {
    options()[active]?.setAttribute("aria-selected", "false");
    active = Math.max(-1, Math.min(place, options().length - 1));
    const option = options()[active];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
    if (active >= options().length - 2) more();
  }

  function tell(text, canRetry = false) {
    status.textContent = text;
    retry.hidden = !canRetry;
  }

  function tellFailure(error) {
    if (error.name === "AbortError") return;
    console.warn("search:", error);
    if (typeof DecompressionStream === "undefined") tell("This browser is too old for search.");
    else if (navigator.onLine === false) tell("You are offline: search will work again when you are not.", true);
    else tell("A part of the search index could not be loaded.", true);
  }

  function summary({ total, corrections, isRelaxed }) {
    if (total === 0) return `Nothing found for “${input.value.trim()}”${facet() ? ` among ${facet()}` : ""}.`;
    const count = total === 1 ? "1 result" : `${total} results`;
    const instead = corrections.map(([typed, word]) => ` No “${typed}”: showing “${word}”.`).join("");
    return `${count}.${instead}${isRelaxed ? " Nothing holds all of these words: showing what holds the most." : ""}`;
  }

  /** Shows how many results of each kind there are. The buttons stay, so that the one with the focus keeps it. */
  function showKinds(facets) {
    const [names, shown] = [["", ...index.facets()], [...kinds.querySelectorAll("input")].map((choice) => choice.value)];
    if (names.join("\n") !== shown.join("\n")) {
      kinds.replaceChildren(kinds.firstElementChild, ...names.map((name) => {
        const choice = element("input", { type: "radio", name: "search-kind", value: name });
        choice.checked = name === "";
        return element("label", { class: "search-kind" }, choice, name || "All", " ", element("span", { class: "search-count" }));
      }));
    }
    const all = [...facets.values()].reduce((sum, count) => sum + count, 0);
    for (const label of kinds.querySelectorAll("label")) {
      const choice = label.querySelector("input");
      const count = choice.value ? facets.get(choice.value) : all;
      label.querySelector(".search-count").textContent = count ?? 0;
      label.hidden = !count && !choice.checked && choice.value !== "";
    }
    kinds.hidden = facets.size < 2;
  }

  /** A result. Its excerpt comes when it comes. */
  function option({ url, kind, context, title, heading, excerpt }, number) {
    const made = element("a", {
      class: "search-result", id: `search-result-${number}`, role: "option", href: new URL(url, root).href, tabindex: "-1", "aria-selected": "false",
    });
    const name = element("span", { class: "search-title" }, ...pieces(title));
    if (heading.length > 0) name.append(element("span", { class: "search-heading" }, ...pieces(heading)));
    made.append(element("span", { class: "search-label" }, kind), name);
    if (context) made.append(element("span", { class: "search-context" }, context));
    const shown = element("span", { class: "search-excerpt" });
    made.append(shown);
    excerpt().then((found) => (found.length > 0 ? shown.append(...pieces(found)) : shown.remove()), () => shown.remove());
    return made;
  }

  /** Adds the next results, when there are any and none are on their way. */
  async function more() {
    const { answer, abort } = query;
    const from = options().length;
    if (!answer || query.isLoading || from >= answer.total) return;
    query.isLoading = true;
    try {
      const results = await answer.results(from, from + BATCH, abort.signal);
      if (abort.signal.aborted) return;
      list.append(...results.map((result, i) => option(result, from + i)));
    } catch (error) {
      if (!abort.signal.aborted) recover(error);
    } finally {
      query.isLoading = false;
    }
  }

  async function ask() {
    clearTimeout(timer);
    query.abort.abort();
    const own = (query = { abort: new AbortController() });
    const { signal } = own.abort;
    const text = input.value;
    if (!text.trim()) return show([], { facets: new Map() }, "Search titles, names and text.");
    try {
      const answer = await index.search(text, { facet: facet(), signal });
      const results = await answer.results(0, BATCH, signal);
      if (signal.aborted) return;
      Object.assign(own, { answer, text });
      show(results, answer, summary(answer));
      if (isHurried) options()[0]?.click();
      isHurried = false;
    } catch (error) {
      if (signal.aborted) return;
      await recover(error);
    }
  }

  /** Asks once more when the site was built anew since its manifest was read. */
  async function recover(error) {
    const isNew = error instanceof OutdatedError && (await index.refresh().catch(() => false));
    if (isNew) return ask();
    show([], { facets: new Map() }, "");
    tellFailure(error);
  }

  function show(results, { facets }, text) {
    showKinds(facets);
    list.replaceChildren(...results.map(option));
    list.scrollTop = 0;
    // Somebody may have typed on.
    list.setAttribute("aria-busy", String(query.text !== undefined && query.text !== input.value));
    input.setAttribute("aria-expanded", String(results.length > 0));
    tell(text);
    hasMoved = false;
    activate(results.length > 0 ? 0 : -1);
  }

  function press(event) {
    const last = options().length - 1;
    const to = { ArrowDown: active + 1, ArrowUp: active - 1 }[event.key] ?? (hasMoved ? { Home: 0, End: last }[event.key] : undefined);
    if (event.key === "Escape") {
      // Some browsers would only empty the field.
      event.preventDefault();
      box.close();
    } else if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
      // Whoever types fast means the answer to all that was typed.
      isHurried = query.text !== input.value;
      if (isHurried) ask();
      else options()[active]?.click();
    } else if (to !== undefined && last >= 0) {
      event.preventDefault();
      activate(Math.max(0, to));
      hasMoved = true;
    }
  }

  input.addEventListener("input", () => {
    isHurried = false;
    // What the list shows is not yet the answer to what the field says.
    list.setAttribute("aria-busy", "true");
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  input.addEventListener("keydown", press);
  kinds.addEventListener("change", ask);
  retry.addEventListener("click", renew);
  close.addEventListener("click", () => box.close());
  box.addEventListener("click", (event) => {
    if (event.target === box || event.target.closest(".search-result")) box.close();
  });
  box.addEventListener("close", () => query.abort.abort());
  list.addEventListener("scroll", () => {
    if (list.scrollTop + list.clientHeight > list.scrollHeight - 200) more();
  }, { passive: true });
  window.addEventListener("online", () => box.open && !retry.hidden && renew());

  /** Asks again, of the site as it is now. */
  async function renew() {
    try {
      await index.refresh();
    } catch (error) {
      return tellFailure(error);
    }
    return ask();
  }

  function open() {
    box.showModal();
    input.select();
    renew();
  }

  return { open };
}

if (typeof document !== "undefined") attach();
