// How values are written into a request, and how JSON is laid out: no browser is needed for that.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";

// Browsers know modules by how they are included; Node must be told.
const load = (name) => {
  const source = readFileSync(new URL(`../../themes/default/static/try-it/${name}`, import.meta.url), "utf8");
  return import(`data:text/javascript,${encodeURIComponent(source)}`);
};
const { inHeader, inPath, inQuery } = await load("serialise.js");
const { indented, tokens } = await load("json.js");
const { asksFirst, isForbidden } = await load("forbidden.js");

const list = ["blue", "b,k"];
const object = { R: 100, G: "a b" };

describe("styles", () => {
  // OpenAPI 3.2, "Style Examples", with values that have to be escaped.
  const cases = [
    [inPath, {}, "a/b c", "a%2Fb%20c"],
    [inPath, {}, list, "blue,b%2Ck"],
    [inPath, {}, object, "R,100,G,a%20b"],
    [inPath, { explode: true }, object, "R=100,G=a%20b"],
    [inPath, { style: "label" }, "x", ".x"],
    [inPath, { style: "label" }, list, ".blue,b%2Ck"],
    [inPath, { style: "label", explode: true }, list, ".blue.b%2Ck"],
    [inPath, { style: "label", explode: true }, object, ".R=100.G=a%20b"],
    [inPath, { style: "matrix" }, "x", ";c=x"],
    [inPath, { style: "matrix" }, list, ";c=blue,b%2Ck"],
    [inPath, { style: "matrix", explode: true }, list, ";c=blue;c=b%2Ck"],
    [inPath, { style: "matrix" }, object, ";c=R,100,G,a%20b"],
    [inPath, { style: "matrix", explode: true }, object, ";R=100;G=a%20b"],
    [inQuery, {}, "&", ["c=%26"]],
    [inQuery, {}, "", ["c="]],
    [inQuery, {}, [], []],
    [inQuery, {}, list, ["c=blue", "c=b%2Ck"]],
    [inQuery, { explode: false }, list, ["c=blue,b%2Ck"]],
    [inQuery, {}, object, ["R=100", "G=a%20b"]],
    [inQuery, { explode: false }, object, ["c=R,100,G,a%20b"]],
    [inQuery, { style: "spaces" }, list, ["c=blue%20b%2Ck"]],
    [inQuery, { style: "pipes" }, list, ["c=blue%7Cb%2Ck"]],
    [inQuery, { style: "tabs" }, list, ["c=blue%09b%2Ck"]],
    [inQuery, { style: "deep" }, { a: 1, b: { c: [1, 2] } }, ["c%5Ba%5D=1", "c%5Bb%5D%5Bc%5D=1", "c%5Bb%5D%5Bc%5D=2"]],
    [inQuery, { style: "json" }, '{"a": 1.10}', ["c=%7B%22a%22%3A%201.10%7D"]],
    [inHeader, {}, list, "blue,b,k"],
    [inHeader, {}, object, "R,100,G,a b"],
    [inHeader, { explode: true }, object, "R=100,G=a b"],
  ];
  for (const [write, style, value, expected] of cases) {
    test(`${write.name} ${JSON.stringify(style)} ${JSON.stringify(value)}`, () => {
      assert.deepEqual(write({ name: "c", ...style }, value), expected);
    });
  }
});

describe("JSON", () => {
  const cases = [
    [
      '{"a":[1,{}],"b":{"c":"x: [,]\\""},"d":[]}',
      '{\n  "a": [\n    1,\n    {}\n  ],\n  "b": {\n    "c": "x: [,]\\""\n  },\n  "d": []\n}',
    ],
    ["[9007199254740993, 1.10, -1e400]", "[\n  9007199254740993,\n  1.10,\n  -1e400\n]"],
    ['"only"', '"only"'],
    ["{broken", "{broken"],
    ["", ""],
  ];
  for (const [text, expected] of cases) test(text, () => assert.equal(indented(text), expected));

  test("has kinds", () => {
    const kinds = tokens('{"a": "b", "c": [-1, true, null]}').filter(([kind]) => kind);
    assert.deepEqual(kinds, [
      ["t", '"a"'],
      ["s", '"b"'],
      ["t", '"c"'],
      ["n", "-1"],
      ["n", "true"],
      ["n", "null"],
    ]);
  });
});

test("what browsers forbid, and what they ask for first", () => {
  for (const name of ["Cookie", "HOST", "Sec-Fetch-Site", "proxy-x"]) assert.ok(isForbidden(name), name);
  for (const name of ["Authorization", "X-Key", "Accept"]) assert.ok(!isForbidden(name), name);
  const headers = [
    ["Accept", "*/*"],
    ["Content-Type", "text/plain; charset=utf-8"],
  ];
  assert.deepEqual(asksFirst({ method: "POST", headers }), { method: null, headers: [] });
  const more = [...headers, ["X-Key", "1"], ["Content-Type", "application/json"]];
  assert.deepEqual(asksFirst({ method: "PUT", headers: more }), { method: "PUT", headers: ["x-key", "content-type"] });
});
