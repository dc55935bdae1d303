// The client splits text as the index does.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { key, words } from "./client.mjs";

const table = JSON.parse(readFileSync(new URL("../search/words.json", import.meta.url)));

test("words and keys are those of the shared table", () => {
  for (const [text, expected] of table.words) assert.deepEqual(words(text), expected, `words of ${text}`);
  for (const [name, expected] of table.keys) assert.equal(key(name), expected, `key of ${name}`);
});
