// The pages of code in a real browser: keys, what can be copied, and the lines of files.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { openBrowser, openPreview, openTab, PATIENCE } from "./preview.mjs";

const STATUS = "rust/shop/orders/enum.OrderStatus.html";
// An enum with more variants than are shown at once.
const LONG = "rust/shop/orders/enum.Reason.html";
const FILE = "rust/src/shop/orders.rs.html";

let browser;
let preview;

before(async () => {
  [browser, preview] = await Promise.all([openBrowser(), openPreview("example-project")]);
  const reasons = Array.from({ length: 13 }, (_, number) => `/// Words.\n    Reason${number},`);
  await preview.edit("src/orders.rs", (text) => `${text}\n/// Why.\npub enum Reason {\n    ${reasons.join("\n    ")}\n}\n`);
  while (!(await fetch(new URL(LONG, preview.url))).ok) await new Promise((soon) => setTimeout(soon, 100));
});

after(async () => {
  await browser?.close();
  await preview?.close();
});

/** A test with a tab of its own, on the page at `path`, that must commit no offence. */
function testOn(path, name, options, body) {
  test(name, { timeout: 4 * PATIENCE }, async () => {
    const tab = await openTab(browser, preview.url, options);
    try {
      await tab.page.goto(new URL(path, preview.url).href);
      await body(tab.page);
      assert.deepEqual(tab.offences, []);
    } finally {
      await tab.context.close();
    }
  });
}

/** Waits until these are the numbers of the lines that are marked: those that have something behind them. An address changes before
 * those who listen to it hear of it. */
const untilMarked = (page, lines) => page.waitForFunction((lines) => {
  const isMarked = (link) => getComputedStyle(link, "::before").content !== "none";
  const marked = [...document.querySelectorAll(".numbers a")].filter(isMarked).map((link) => link.id);
  return marked.join() === lines.join();
}, lines);

describe("keys", () => {
  testOn(STATUS, "? lists them, and the focus returns", {}, async (page) => {
    const link = page.locator(".breadcrumbs a").first();
    await link.focus();
    await page.keyboard.press("?");
    const help = page.getByRole("dialog", { name: "Keys" });
    await help.waitFor();
    const list = await help.textContent();
    for (const key of ["/", "S", "+", "-", "?"]) assert.ok(list.includes(key), `${key} is listed`);
    await page.keyboard.press("?");
    await page.keyboard.press("s");
    assert.equal(await page.locator("dialog[open]").count(), 1, "nothing opens over it");
    await page.keyboard.press("Escape");
    await help.waitFor({ state: "hidden" });
    assert.ok(await link.evaluate((link) => link === document.activeElement));
    await page.keyboard.press("?");
    await help.getByRole("button", { name: "Close" }).click();
    await help.waitFor({ state: "hidden" });
  });

  testOn(LONG, "+ and - open and close the parts of the page, and of nothing else", {}, async (page) => {
    const parts = page.locator("main details");
    const open = (parts) => parts.evaluateAll((parts) => parts.filter((part) => part.open).length);
    assert.ok((await parts.count()) > 0, "many variants are closed at first");
    assert.equal(await open(parts), 0);
    const beside = await open(page.locator(".side details"));
    await page.keyboard.press("+");
    assert.equal(await open(parts), await parts.count());
    await page.keyboard.press("Control+-");
    assert.equal(await open(parts), await parts.count(), "with Ctrl it is the browser's");
    await page.keyboard.press("-");
    assert.equal(await open(parts), 0);
    assert.equal(await open(page.locator(".side details")), beside);
  });

  testOn(STATUS, "S opens the search, where letters are letters", {}, async (page) => {
    await page.keyboard.press("s");
    const search = page.getByRole("dialog", { name: "Search" });
    await search.waitFor();
    await page.keyboard.type("s+?-");
    assert.equal(await search.getByRole("combobox").inputValue(), "s+?-");
    await page.keyboard.press("Escape");
    await search.waitFor({ state: "hidden" });
    await page.keyboard.press("Shift+S");
    await search.waitFor();
  });
});

describe("copying", () => {
  testOn(STATUS, "a button copies the path of an item", { permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
    await page.getByRole("button", { name: "Copy path" }).click();
    await page.getByRole("button", { name: "Copied" }).waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), "shop::orders::OrderStatus");
  });

  testOn("adr/0006-reserve-when-placed/", "what code does not name has none", {}, async (page) => {
    assert.equal(await page.locator(".copy-name").count(), 0);
  });

  testOn(LONG, "without JavaScript there is none", { javaScriptEnabled: false }, async (page) => {
    assert.equal(await page.getByRole("button", { name: "Copy path" }).count(), 0);
    assert.ok(await page.getByRole("link", { name: "Source" }).first().isVisible());
    const summary = page.locator("main summary").first();
    await summary.click();
    assert.equal(await page.locator("main details").first().evaluate((part) => part.open), true, "variants can be opened");
  });
});

describe("files", () => {
  for (const javaScriptEnabled of [true, false]) {
    testOn(STATUS, `a method leads to its line, ${javaScriptEnabled ? "with" : "without"} JavaScript`, { javaScriptEnabled }, async (page) => {
      await page.locator("[id='method.can_become'] > .to-source").click();
      await page.waitForURL(`**/${FILE}#*`);
      const line = Number(new URL(page.url()).hash.slice(1));
      const text = (await page.locator(".code").textContent()).split("\n");
      assert.match(text[line - 1], /pub fn can_become/);
      assert.ok(await page.locator(`[id='${line}']`).isVisible());
      await untilMarked(page, [line]);
      const tops = await page.evaluate((line) => {
        const range = document.createRange();
        const walker = document.createTreeWalker(document.querySelector(".code"), NodeFilter.SHOW_TEXT);
        for (let left = line - 1, node; (node = walker.nextNode());) {
          for (let at = 0; at < node.data.length; at += 1) {
            if (left === 0 && node.data[at] !== " " && node.data[at] !== "\n") {
              range.setStart(node, at);
              range.setEnd(node, at + 1);
              return [document.getElementById(line).getBoundingClientRect().top, range.getBoundingClientRect().top];
            }
            left -= node.data[at] === "\n" ? 1 : 0;
          }
        }
      }, line);
      assert.ok(Math.abs(tops[0] - tops[1]) < 2, `a number stands beside its line: ${tops}`);
      await page.locator(".breadcrumbs a").last().click();
      await page.waitForURL("**/rust/shop/index.html");
    });
  }

  testOn(`${FILE}#5-3`, "several lines are marked, and chosen with Shift", {}, async (page) => {
    await untilMarked(page, [3, 4, 5]);
    await page.locator("[id='9']").click();
    await untilMarked(page, [9]);
    await page.locator("[id='7']").click({ modifiers: ["Shift"] });
    await page.waitForURL(`**/${FILE}#7-9`);
    await untilMarked(page, [7, 8, 9]);
    await page.goto(new URL(`${FILE}#2-999999999`, preview.url).href);
    const count = await page.locator(".numbers a").count();
    await page.waitForFunction((count) => document.querySelectorAll(".chosen").length === count - 1, count);
  });

  testOn(FILE, "an edit reaches the open page", {}, async (page) => {
    const text = page.locator(".code").getByText("Nothing is as it was");
    const before = await preview.edit("src/orders.rs", (text) => `// Nothing is as it was.\n${text}`);
    try {
      await text.waitFor();
    } finally {
      await preview.edit("src/orders.rs", () => before);
    }
    await text.waitFor({ state: "detached" });
  });
});
