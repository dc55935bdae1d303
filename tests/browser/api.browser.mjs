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

describe("addresses of other tools' pages", () => {
  const OVERVIEW = "api/shop/";
  const cases = [
    ["#operation/getOrder", "api/shop/getOrder/"],
    ["#tag/orders/operation/getOrder", "api/shop/getOrder/"],
    ["#tag/orders/paths/~1orders~1{id}/get", "api/shop/getOrder/"],
    ["#tag/orders", "api/shop/tags/orders/"],
    ["#schema/OrderPage", "api/shop/schemas/OrderPage/"],
    ["#/orders/getOrder", "api/shop/getOrder/"],
    ["#tag/orders/GET/orders/{id}", "api/shop/getOrder/"],
    ["#model/OrderPage", "api/shop/schemas/OrderPage/"],
  ];
  for (const [hash, expected] of cases) {
    test(`${hash} leads on`, { timeout: 2 * PATIENCE }, async () => {
      const { page, context, offences } = await openTab(browser, preview.url);
      await page.goto(new URL(OVERVIEW + hash, preview.url).href);
      await page.waitForURL(new URL(expected, preview.url).href, { timeout: PATIENCE });
      assert.deepEqual(offences, []);
      await context.close();
    });
  }

  test("what is not on the overview is found on the page of its tag", { timeout: 2 * PATIENCE }, async () => {
    const { page, context } = await openTab(browser, preview.url);
    await page.goto(new URL("api/shop/tags/orders/#tag/orders/POST/orders", preview.url).href);
    await page.waitForURL(new URL(PLACE, preview.url).href, { timeout: PATIENCE });
    await context.close();
  });

  test("without a script the entry of the list is shown", { timeout: 2 * PATIENCE }, async () => {
    const { page, context } = await openTab(browser, preview.url, { javaScriptEnabled: false });
    await page.goto(new URL(`${OVERVIEW}#operation/getMetrics`, preview.url).href);
    assert.equal(await page.locator(".calls > li:target").getAttribute("id"), "operation/getMetrics");
    await context.close();
  });

  test("places of the overview itself stay", { timeout: 2 * PATIENCE }, async () => {
    const { page, context } = await openTab(browser, preview.url);
    const address = new URL(`${OVERVIEW}#section/Conventions`, preview.url).href;
    await page.goto(address);
    await page.waitForFunction(() => scrollY > 0, undefined, { timeout: PATIENCE });
    assert.equal(page.url(), address);
    await context.close();
  });
});
