// The search dialog in a real browser: by keyboard alone, and when something is missing. What is found is tested without
// a browser, in search-index.test.mjs.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { openBrowser, openPreview, openTab, PATIENCE } from "./preview.mjs";

let browser;
let preview;

before(async () => {
  [browser, preview] = await Promise.all([openBrowser(), openPreview("example-project")]);
});

after(async () => {
  await browser?.close();
  await preview?.close();
});

/** A test on a page some folders below the root, with what it needs of the dialog; it may expect offences. */
function testDialog(name, body, expected = []) {
  test(name, { timeout: 4 * PATIENCE }, async () => {
    const { page, context, offences } = await openTab(browser, preview.url);
    try {
      await page.goto(new URL("runbooks/high-error-rate/", preview.url).href);
      const dialog = page.getByRole("dialog", { name: "Search" });
      const dialogs = {
        page, context, dialog,
        input: dialog.getByRole("combobox"),
        options: dialog.getByRole("option"),
        active: dialog.locator("[role=option][aria-selected=true]"),
        status: dialog.getByRole("status"),
        /** The results, once they are the answer to all that was typed. */
        answered: dialog.locator("[role=listbox][aria-busy=false]"),
        async ask(words) {
          // The button is shown once there is something that it opens.
          await page.locator("[data-search-open]:not([hidden])").first().waitFor();
          await page.keyboard.press("/");
          await dialog.waitFor();
          await page.keyboard.type(words);
        },
      };
      await body(dialogs);
      assert.deepEqual(offences.filter((offence) => !expected.some((pattern) => pattern.test(offence))), []);
    } finally {
      await context.close();
    }
  });
}

testDialog("the keyboard moves through the results, and loads more of them", async ({ page, input, options, active, ask }) => {
  await ask("order");
  await options.nth(4).waitFor();
  const first = await active.getAttribute("id");
  assert.equal(await input.getAttribute("aria-activedescendant"), first);
  assert.equal(await input.getAttribute("aria-expanded"), "true");
  await page.keyboard.press("End");
  assert.equal(await input.inputValue(), "order");
  assert.equal(await active.getAttribute("id"), first, "before an arrow, End belongs to the field");
  for (let step = 0; step < 4; step += 1) await page.keyboard.press("ArrowDown");
  await options.nth(9).waitFor();
  await page.keyboard.press("Home");
  assert.equal(await active.getAttribute("id"), first);
  await page.keyboard.press("ArrowUp");
  assert.equal(await active.getAttribute("id"), first, "there is nothing above the first");
  await page.keyboard.press("End");
  assert.notEqual(await active.getAttribute("id"), first);
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("role")), "combobox", "the field keeps the focus");
});

testDialog("whoever types fast gets what was typed", async ({ page, ask }) => {
  await ask("WebhooksFailing");
  await page.keyboard.press("Enter");
  await page.waitForURL(/webhooks-?failing/i);
});

testDialog("kinds are reached and changed by keyboard", async ({ page, dialog, answered, status, ask }) => {
  await ask("order");
  await answered.waitFor();
  const all = await status.textContent();
  while (!(await dialog.getByRole("radio", { name: /^All/ }).evaluate((radio) => radio === document.activeElement))) await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowRight");
  const chosen = dialog.getByRole("radio", { checked: true });
  await status.filter({ hasNotText: all }).waitFor();
  const label = await chosen.evaluate((radio) => radio.value);
  assert.notEqual(label, "");
  assert.ok(await chosen.evaluate((radio) => radio === document.activeElement), "the choice keeps the focus");
  await page.keyboard.press("ArrowLeft");
  await status.filter({ hasText: all }).waitFor();
});

testDialog("it opens where nobody types, closes, and gives the focus back", async ({ page, dialog, ask, input }) => {
  await page.evaluate(() => document.querySelector("main").insertAdjacentHTML("afterbegin", "<input id=field><textarea id=area></textarea>"));
  for (const field of ["#field", "#area"]) {
    await page.locator(field).focus();
    await page.keyboard.type("/");
    await page.keyboard.press("Control+k");
    assert.equal(await page.locator(field).inputValue(), "/");
    assert.equal(await dialog.isVisible(), false, field);
  }
  const opener = page.locator("[data-search-open]").first();
  await opener.click();
  await dialog.waitFor();
  await page.keyboard.type("order");
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  assert.ok(await opener.evaluate((button) => button === document.activeElement));
  await page.evaluate(() => document.activeElement.blur());
  await ask("");
  assert.equal(await input.inputValue(), "order", "what was asked stays, to be changed or typed over");
});

testDialog("nothing found, and a letter off, are told", async ({ input, status, ask }) => {
  await ask("xyzzyqq");
  await status.filter({ hasText: "Nothing found for “xyzzyqq”" }).waitFor();
  await input.fill("resrevation");
  await status.filter({ hasText: "No “resrevation”: showing “reservation”" }).waitFor();
  await input.fill("");
  await status.filter({ hasText: "Search titles, names and text" }).waitFor();
});

testDialog("results show where the words are, and do without when the copy of a page is not there", async ({ page, context, dialog, options, ask }) => {
  const excerpts = dialog.locator(".search-excerpt");
  await ask("reservation expires");
  await excerpts.locator("mark").first().waitFor();
  await context.route(/\.md$/, (route) => route.fulfill({ status: 404 }));
  await page.reload();
  await ask("reservation expires");
  await options.first().waitFor();
  await excerpts.first().waitFor({ state: "detached" });
  assert.ok((await options.count()) > 1);
}, [/404/]);

testDialog("a part that does not load is told, and asked for again", async ({ page, context, dialog, input, options, status, ask }) => {
  const retry = dialog.getByRole("button", { name: "Try again" });
  for (const part of ["words", "documents", "manifest"]) {
    const address = new RegExp(`/search/${part}`);
    await context.route(address, (route) => route.fulfill({ status: 503 }));
    await page.reload();
    await ask("");
    const told = () => status.filter({ hasText: "could not be loaded" }).waitFor();
    if (part === "manifest") await told();
    const failed = page.waitForResponse((response) => address.test(response.url()) && response.status() === 503);
    await input.fill("stock");
    await failed;
    await told();
    await context.unroute(address);
    await retry.click();
    await options.first().waitFor();
    assert.equal(await retry.isVisible(), false);
  }
}, [/503/]);

testDialog("being offline is told, and ends by itself", async ({ context, input, options, status, ask }) => {
  await ask("");
  await context.setOffline(true);
  await input.fill("payment");
  await status.filter({ hasText: "You are offline" }).waitFor();
  await context.setOffline(false);
  await options.first().waitFor();
}, [/ERR_INTERNET_DISCONNECTED|Failed to fetch/]);

testDialog("a result on the open page closes the dialog", async ({ page, dialog, options, ask }) => {
  await ask("high error rate mitigation");
  await options.first().waitFor();
  await page.keyboard.press("Enter");
  await dialog.waitFor({ state: "hidden" });
  await page.waitForURL("**/runbooks/high-error-rate/**");
});
