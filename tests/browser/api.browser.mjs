// The pages of operations in a real browser: samples in the language that a reader chose.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { openBrowser, openPreview, openTab, PATIENCE } from "./preview.mjs";

const LIST = "api/shop/listOrders/";
const PLACE = "api/shop/placeOrder/";

let browser;
let preview;

before(async () => {
  [browser, preview] = await Promise.all([openBrowser(), openPreview("example-project")]);
});

after(async () => {
  await browser?.close();
  await preview?.close();
});

/** The listings of samples that can be seen. */
const seen = (page) => page.locator(".samples .sample:visible");

describe("samples", () => {
  test("one is seen, also without a script, and any can be chosen", { timeout: 4 * PATIENCE }, async () => {
    const { page, context, offences } = await openTab(browser, preview.url, { javaScriptEnabled: false });
    await page.goto(new URL(PLACE, preview.url).href);
    assert.equal(await seen(page).count(), 1);
    assert.match(await seen(page).textContent(), /^curl --request POST/);
    await page.locator(".samples label", { hasText: "Python" }).click();
    assert.equal(await seen(page).count(), 1);
    assert.match(await seen(page).textContent(), /^import requests/);
    assert.deepEqual(offences, []);
    await context.close();
  });

  test("the language that was chosen is the one of all pages", { timeout: 4 * PATIENCE }, async () => {
    const { page, context, offences } = await openTab(browser, preview.url);
    await page.goto(new URL(PLACE, preview.url).href);
    await page.locator(".samples label", { hasText: "Rust" }).click();
    await page.goto(new URL(LIST, preview.url).href);
    assert.match(await seen(page).textContent(), /^let response = reqwest/);
    assert.deepEqual(offences, []);
    await context.close();
  });
});
