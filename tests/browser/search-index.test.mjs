// The client on indexes that `tests/search.rs` builds: what is found, in which order, and what it costs to download.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import test from "node:test";
import { isOneLetterOff, openIndex, OutdatedError } from "./client.mjs";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const cargo = (...words) => execFileSync("cargo", words, { cwd: ROOT, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"], maxBuffer: 1 << 26 });
// All of the workspace, as the suite does: with the features of one package alone the program would be built once more.
cargo("test", "--quiet", "--workspace", "--test", "search");
const BUILT = join(JSON.parse(cargo("metadata", "--no-deps", "--format-version=1")).target_directory, "tmp/search");

/** The bytes of a file of a site, or a part of them. */
function read(name, path, [start, end] = [0, undefined]) {
  try {
    return new Uint8Array(readFileSync(join(BUILT, name, path))).subarray(start, end);
  } catch (error) {
    throw Object.assign(error, { isMissing: error.code === "ENOENT" });
  }
}

/** An index, and what was downloaded for it so far. */
function open(name, change = (path, bytes) => bytes) {
  const downloads = [];
  const index = openIndex(async (path, { signal, range } = {}) => {
    const bytes = await change(path, read(name, path, range), signal);
    downloads.push({ path, size: bytes.length });
    return bytes;
  });
  return { index, downloads };
}

const plain = (pieces) => pieces.map(({ text, word }) => (word ? `[${text}]` : text)).join("");

/** The results, with their excerpts. */
const shown = (results) => Promise.all(results.map(async (result) => ({ ...result, excerpt: await result.excerpt() })));

async function find(query, { facet, name = "small", to = 20 } = {}) {
  const answer = await open(name).index.search(query, { facet });
  const results = await shown(await answer.results(0, to));
  return { ...answer, results, urls: results.map(({ url }) => url) };
}

test("the best results come first", async () => {
  const table = [
    // What is called so, what begins so, what has it in its name, in a heading, in its text.
    ["quokka", ["glossary/", "quokkalike/", "alerts/#hungryquokka", "onboarding/first-day/#quokka", "architecture/"]],
    ["Order", ["rust/shop/orders/struct.Order.html"]],
    ["orders::Order", ["rust/shop/orders/struct.Order.html"]],
    ["shop::orders::Order", ["rust/shop/orders/struct.Order.html"]],
    ["Order::total", ["rust/shop/orders/struct.Order.html#method.total"]],
    ["getOrder", ["api/shop/getOrder/", "rust/shop/orders/fn.get_order.html"]],
    ["get_order", ["api/shop/getOrder/", "rust/shop/orders/fn.get_order.html"]],
    ["get order", ["api/shop/getOrder/", "rust/shop/orders/fn.get_order.html"]],
    ["getOrd", ["api/shop/getOrder/", "rust/shop/orders/fn.get_order.html"]],
    ["GET /orders/{id}", ["api/shop/getOrder/"]],
    ["/orders", ["api/shop/listOrders/"]],
    ["HighErr", ["runbooks/high-error-rate/", "alerts/#higherrorrate"]],
    ["HighErrorRate", ["runbooks/high-error-rate/", "alerts/#higherrorrate"]],
    ["high-error-rate", ["runbooks/high-error-rate/", "alerts/#higherrorrate"]],
    ["HighRate", ["runbooks/high-error-rate/", "alerts/#higherrorrate"]],
    ["hiErRa", ["runbooks/high-error-rate/", "alerts/#higherrorrate"]],
    ["ADR 7", ["adr/0007-use-postgresql/"]],
    ["adr-0007", ["adr/0007-use-postgresql/"]],
    ["ADR7", ["adr/0007-use-postgresql/"]],
    ["adr:7", ["adr/0007-use-postgresql/"]],
    ["adr:0017", ["adr/0017-expire-reservations/"]],
    ["use postg", ["adr/0007-use-postgresql/"]],
    // Words in different sections of one page; the hit leads to the one that has most of them.
    ["architecture reservation", ["architecture/#search"]],
    ["refunds idempotent", ["architecture/#payments"]],
    ["webhooks database", ["architecture/#payments"]],
    ["cafe", ["onboarding/first-day/#database"]],
    ["RESUME strasse", ["hyphens/"]],
    ["grosse", ["hyphens/#s-1"]],
    ["東京", ["tokyo/"]],
    ["天", ["tokyo/"]],
    ["東京 天気", ["tokyo/"]],
  ];
  for (const [query, expected] of table) {
    const { urls } = await find(query);
    assert.deepEqual(urls.slice(0, expected.length), expected, `first results of ${query}`);
  }
});

test("every word must be there", async () => {
  assert.deepEqual((await find("webhooks refunds ")).urls, ["architecture/#payments"]);
  const relaxed = await find("webhooks laptop ");
  assert.equal(relaxed.isRelaxed, true);
  assert.deepEqual(relaxed.urls.sort(), ["architecture/#payments", "onboarding/first-day/"]);
});

test("only the last word may be unfinished", async () => {
  assert.equal((await find("postg")).total > 0, true);
  assert.deepEqual((await find("stock expi")).urls[0], "adr/0017-expire-reservations/");
});

test("a letter off is forgiven and told", async () => {
  for (const [query, corrections] of [
    ["postgersql", [["postgersql", "postgresql"]]],
    ["reservaton ", [["reservaton", "reservation"]]],
    ["lapptop fixturs", [["lapptop", "laptop"], ["fixturs", "fixtures"]]],
    ["postgresql", []],
  ]) {
    const found = await find(query);
    assert.deepEqual(found.corrections, corrections, query);
    assert.ok(found.total > 0, query);
  }
  for (const [one, other, expected] of [
    ["order", "order", true], ["order", "orders", true], ["order", "oder", true], ["order", "ordet", true], ["order", "rodre", false],
    ["order", "odrer", true], ["order", "ordre", true], ["order", "older", true], ["order", "horde", false], ["", "a", true], ["ab", "", false],
  ]) {
    assert.equal(isOneLetterOff(one, other), expected, `${one} and ${other}`);
    assert.equal(isOneLetterOff(other, one), expected, `${other} and ${one}`);
  }
});

test("kinds narrow the answer", async () => {
  const all = await find("order");
  assert.equal(all.facets.get("Code"), 4);
  const code = await find("order", { facet: "Code" });
  assert.equal(code.total, 4);
  assert.deepEqual(code.facets, all.facets, "the others still say how many they have");
  for (const [query, kinds] of [
    ["kind:decisions postgresql", ["Decision"]], ["kind:dec postgresql", ["Decision"]], ["fn:order", ["Function"]],
    ["struct: order", ["Struct"]], ["code:order", ["Function", "Struct"]], ["kind:alerts", ["Alert"]], ["alert:", ["Alert"]],
  ]) {
    const { results } = await find(query);
    assert.deepEqual([...new Set(results.map(({ kind }) => kind))].sort(), kinds, query);
  }
  assert.deepEqual((await find("nothing:order")).urls, (await find("nothing order")).urls, "an unknown filter is a word");
});

test("a result shows where the words are", async () => {
  const { results: [first] } = await find("refunds idempotent");
  assert.deepEqual({ ...first, title: plain(first.title), heading: plain(first.heading), excerpt: plain(first.excerpt) }, {
    url: "architecture/#payments", kind: "Guide", context: "", title: "Architecture", heading: "Payments",
    excerpt: "Webhooks tell us about [refunds]. A retry is [idempotent].",
  });
  assert.equal(plain((await find("HighErr")).results[1].title), "[HighErrorRate]");
  assert.equal(plain((await find("cafe")).results[0].excerpt), "Install PostgreSQL and load the fixtures. The [café] next door has good coffee.");
  assert.equal(plain((await find("東京")).results[0].excerpt), "[東京]都の天気は晴れです。");
});

test("nothing is found for nothing", async () => {
  for (const query of ["", "   ", "?!", "xyzzyqq", ":", "kind:", "kind:nonsense", "\ud800", "a".repeat(10_000)]) {
    const { total, results } = await find(query);
    assert.deepEqual([total, results], [0, []], query.slice(0, 20));
  }
  assert.equal((await find("order", { name: "empty" })).total, 0);
});

test("the order of files that answer late does not matter", async () => {
  const { index } = open("small", async (path, bytes) => (await new Promise((done) => setTimeout(done, Math.random() * 5)), bytes));
  const answers = await Promise.all(["order", "quokka", "order"].map((query) => index.search(query)));
  assert.deepEqual(answers.map(({ total }) => total), [(await find("order")).total, (await find("quokka")).total, answers[0].total]);
});

test("a file is downloaded once", async () => {
  const { index, downloads } = open("small");
  for (const query of ["order", "orders", "order", "quokka"]) await shown(await (await index.search(query)).results(0, 5));
  const paths = downloads.map(({ path }) => path).filter((path) => path.endsWith(".bin"));
  assert.deepEqual(paths, [...new Set(paths)]);
});

test("a file that failed is asked for again", async () => {
  let fails = true;
  const { index } = open("small", (path, bytes) => {
    if (fails && path.startsWith("search/words/")) throw new TypeError("Failed to fetch");
    return bytes;
  });
  await assert.rejects(index.search("order"), TypeError);
  fails = false;
  assert.ok((await index.search("order")).total > 0);
});

test("a query that is given up does not break the next", async () => {
  const { index } = open("small", async (path, bytes, signal) => {
    await new Promise((done) => setTimeout(done, 5));
    signal?.throwIfAborted();
    return bytes;
  });
  await index.refresh();
  const abort = new AbortController();
  const given = index.search("order", { signal: abort.signal });
  abort.abort();
  const next = index.search("order");
  await assert.rejects(given, { name: "AbortError" });
  assert.ok((await next).total > 0);
});

test("a result is shown without an excerpt when its page's copy cannot be had", async () => {
  const { index } = open("small", (path, bytes) => {
    if (path.endsWith(".md")) throw new TypeError("Failed to fetch");
    return bytes;
  });
  const [first] = await shown(await (await index.search("refunds idempotent")).results(0, 1));
  assert.deepEqual([first.url, plain(first.title), first.excerpt], ["architecture/#payments", "Architecture", []]);
});

/** A site that can be built anew: an index over it, and a way to put another site in its place. */
function rebuilt() {
  let name = "small";
  const index = openIndex(async (path, { range } = {}) => read(name, path, range));
  return { index, become: (other) => (name = other) };
}

test("a site that is built anew while it is read is read anew", async () => {
  const { index, become } = rebuilt();
  assert.equal(await index.refresh(), true);
  assert.equal(await index.refresh(), false, "it is the same");
  become("large");
  const [query] = JSON.parse(readFileSync(join(BUILT, "queries.json")));
  const answer = await index.search(query);
  assert.ok(answer.total > 0);
  assert.match((await answer.results(0, 1))[0].url, /^pages\//);
  become("small");
  await index.refresh();
  assert.ok((await index.search("quokka")).total > 0);
});

test("results of an answer are never those of another build", async () => {
  const { index, become } = rebuilt();
  const answer = await index.search("quokka");
  become("large");
  await assert.rejects(answer.results(0, 5), OutdatedError);
  become("small");
  assert.equal((await answer.results(0, 1))[0].url, "glossary/", "they are there again");
});

test("a page that a server shows for what is not there is no file of the index", async () => {
  const { index } = open("small", (path, bytes) => (path.includes("/words/") ? new TextEncoder().encode("<!doctype html><title>Not here</title>") : bytes));
  await assert.rejects(index.search("quokka"), OutdatedError);
});

test("a first answer on ten thousand pages is at most 100 KB of download", async () => {
  const queries = JSON.parse(readFileSync(join(BUILT, "queries.json")));
  const client = ["static/search.js", "styles/55-search.css"].map((path) => statSync(join(ROOT, "themes/default", path)).size);
  const costs = [];
  for (const query of [...queries, ...queries.map((query) => query.slice(0, 2)), "b", "ba", "bas"]) {
    const { index, downloads } = open("large");
    const answer = await index.search(query);
    assert.ok((await shown(await answer.results(0, 5))).some(({ excerpt }) => excerpt.length > 0), query);
    const cost = [...client, ...downloads.map(({ size }) => size)].reduce((sum, size) => sum + size, 0);
    assert.ok(cost <= 100_000, `${query}: ${cost} bytes: ${JSON.stringify(downloads)}`);
    costs.push(cost);
  }
  costs.sort((one, other) => one - other);
  console.log(`first answers: ${costs.length}, median ${costs[costs.length >> 1]} bytes, most ${costs.at(-1)} bytes`);
});
