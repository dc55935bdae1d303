// Excerpts come out of the pages' Markdown copies: from servers that know ranges, and from those that do not.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import test from "node:test";
import { over, plain } from "./client.mjs";

const COPY = `# Title\n\n${"é".repeat(400)}\n${"word ".repeat(50_000)}`;

/** Asks a server that answers with `respond(request, response)`. */
async function ask(respond, path, options) {
  const requests = [];
  const server = createServer((request, response) => {
    requests.push(request);
    respond(request, response);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  try {
    return { bytes: await over(new URL(`http://127.0.0.1:${server.address().port}/site/`))(path, options), requests };
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const all = Buffer.from(COPY);
const knowsRanges = (request, response) => {
  const [, start, end] = request.headers.range.match(/^bytes=(\d+)-(\d+)$/).map(Number);
  response.writeHead(206, { "Content-Range": `bytes ${start}-${end}/${all.length}` }).end(all.subarray(start, end + 1));
};
const knowsNone = (request, response) => response.writeHead(200).end(all);
// As if the copy had become shorter than the index says.
const isShort = (request, response) => response.writeHead(200).end(all.subarray(0, 20));

test("a range is the same from any server", async () => {
  for (const [name, respond, range, expected] of [
    ["ranges", knowsRanges, [9, 109], all.subarray(9, 109)],
    ["none", knowsNone, [9, 109], all.subarray(9, 109)],
    ["none, far behind", knowsNone, [100_000, 103_000], all.subarray(100_000, 103_000)],
    ["none, too short", isShort, [9, 109], all.subarray(9, 20)],
    ["none, much too short", isShort, [100, 200], all.subarray(0, 0)],
  ]) {
    const { bytes, requests } = await ask(respond, "guides/a%20b/index.md", { range });
    assert.deepEqual(Buffer.from(bytes), expected, name);
    assert.equal(requests[0].url, "/site/guides/a%20b/index.md");
  }
});

test("what is not there is told from what failed", async () => {
  const status = (code) => (request, response) => response.writeHead(code).end();
  await assert.rejects(ask(status(404), "search/words/00000000.bin"), { isMissing: true });
  await assert.rejects(ask(status(503), "search/words/00000000.bin"), { isMissing: false });
  await assert.rejects(ask(status(416), "index.md", { range: [5, 9] }), { isMissing: false });
});

test("Markdown is shown without its marks", () => {
  for (const [markdown, expected] of [
    ["", ""],
    ["One *two* **three**\nfour ~~five~~", "One two three four five"],
    ["[a](b.md) ![c](d.png) [e `f` g](<h i.md>) [![j](k)](l)", "a c e f g j"],
    ["a\\*b \\[c\\](d) e\\\nf", "a*b [c](d) e f"],
    ["`a * b` and `` `c` ``, x*", "a * b and `c`, x"],
    ["- one\n- [x] two\n  1. three\n> [!NOTE]\n> four", "one two three four"],
    ["| a | b \\| c |\n|---|:-:|\n| d | e |", "a b | c d e"],
    ["```rust\nlet *a = b_c; // [x](y)\n```\nd", "let *a = b_c; // [x](y) d"],
    ["````\n```\n````\n```", "```"],
    ["## Heading\n\n[^1]: note[^2] H<sub>2</sub>O", "Heading note H2O"],
    ["cut **of", "cut of"],
    ["snake_case and __init__ stay", "snake_case and __init__ stay"],
  ]) {
    assert.equal(plain(markdown), expected, markdown);
  }
});
