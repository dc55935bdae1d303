// The example project in a real browser: what a reader does, and what a writer sees beside the editor.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { openBrowser, openPreview, openTab, PATIENCE } from "./preview.mjs";

/** A page of each shape that the theme has. */
const PAGES = [
  "", "guides/", "guides/architecture/", "guides/configuration/", "guides/onboarding/first-day/", "adr/", "adr/0006-reserve-when-placed/", "runbooks/", "runbooks/high-error-rate/", "alerts/", "alerts/HighErrorRate/",
  "api/", "api/shop/", "api/shop/placeOrder/", "api/shop/schemas/Order/",
  "rust/", "rust/shop/orders/", "rust/shop/orders/struct.Order.html", "rust/src/shop/orders.rs.html", "404.html",
];

let browser;
let preview;

before(async () => {
  [browser, preview] = await Promise.all([openBrowser(), openPreview("example-project")]);
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
      await body(tab.page, tab);
      assert.deepEqual(tab.offences, []);
    } finally {
      await tab.context.close();
    }
  });
}

/** The lightness of the page's background, 0 to 255. */
const lightness = (page) => page.evaluate(() => {
  const painted = [document.body, document.documentElement].map((element) => getComputedStyle(element).backgroundColor);
  const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d");
  for (const color of painted.reverse()) {
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
  }
  const [red, green, blue] = canvas.getImageData(0, 0, 1, 1).data;
  return (red + green + blue) / 3;
});

/** Waits until the results are those of all that was typed: they no longer change. */
async function settled(page, options) {
  for (let before = null, now = ""; before !== now;) {
    before = now;
    await page.waitForTimeout(400);
    now = (await options.allTextContents()).join("\n");
  }
}

describe("search", () => {
  for (const keys of ["/", "Control+k"]) {
    testOn("", `is opened, used and closed by keyboard: ${keys}`, {}, async (page) => {
      const dialog = page.getByRole("dialog");
      await page.keyboard.press(keys);
      await dialog.waitFor();
      assert.ok(await page.evaluate(() => document.activeElement.matches("dialog input, [role=dialog] input")), "the input has the focus");
      await page.keyboard.press("Escape");
      await dialog.waitFor({ state: "hidden" });

      await page.keyboard.press(keys);
      await page.keyboard.type("reserve stock");
      const options = dialog.getByRole("option");
      await options.nth(2).waitFor();
      await settled(page, options);
      const selected = dialog.locator("[role=option][aria-selected=true]");
      assert.equal(await selected.count(), 1, "one is selected");
      const first = await selected.textContent();
      await page.keyboard.press("ArrowDown");
      const second = await selected.textContent();
      assert.notEqual(second, first);
      await page.keyboard.press("ArrowUp");
      assert.equal(await selected.textContent(), first);

      await page.keyboard.press("ArrowDown");
      const target = await selected.evaluate((option) => option.href);
      await page.keyboard.press("Enter");
      await page.waitForURL(target);
    });
  }

  for (const [query, title] of [
    ["getOrder", /Show an order/],
    ["ShopDown", /ShopDown/],
    ["adr 6", /Reserve stock when an order is placed/],
    ["can_become", /can_become/],
    ["idempotency key", /idempotency key/i],
  ]) {
    testOn("", `leads to the page: ${query}`, {}, async (page) => {
      await page.keyboard.press("/");
      await page.keyboard.type(query);
      const first = page.getByRole("dialog").getByRole("option").first();
      await first.filter({ hasText: title }).waitFor();
      await page.keyboard.press("Enter");
      await page.waitForURL((url) => url.pathname !== "/");
      await page.locator("main").getByText(title).first().waitFor();
    });
  }
});

describe("theme", () => {
  for (const colorScheme of ["light", "dark"]) {
    testOn("", `follows the system's ${colorScheme} and keeps what the reader chose instead`, { colorScheme }, async (page) => {
      const isDark = async () => (await lightness(page)) < 128;
      const dark = colorScheme === "dark";
      assert.equal(await isDark(), dark);
      const button = page.getByRole("button", { name: /theme|colour scheme/i });
      for (let presses = 0; presses < 3 && (await isDark()) === dark; presses += 1) await button.click();
      assert.equal(await isDark(), !dark, "the switch works");
      await page.reload();
      assert.equal(await isDark(), !dark, "it is kept on reload");
      await page.goto(new URL("guides/architecture/", preview.url).href);
      assert.equal(await isDark(), !dark, "it is kept on other pages");
    });
  }
});

describe("writing", () => {
  testOn("guides/architecture/", "a heading offers a link to itself, also after an edit", {}, async (page) => {
    const links = () => page.locator(".text :is(h2, h3)[id]").evaluateAll((headings) =>
      headings.map((heading) => [...heading.querySelectorAll(":scope > .anchor")].map((link) => link.getAttribute("href") === `#${heading.id}`)));
    const before = await links();
    assert.ok(before.length > 2 && before.every((own) => own.length === 1 && own[0]), JSON.stringify(before));
    const text = await preview.edit("docs/architecture.md", (text) => text.replace("## Inside the process", "## Within the process"));
    try {
      await page.locator("#within-the-process > .anchor").waitFor({ state: "attached" });
      assert.deepEqual(await links(), before);
    } finally {
      await preview.edit("docs/architecture.md", () => text);
    }
  });

  testOn("guides/architecture/", "an edit reaches the open page by itself", {}, async (page) => {
    const text = page.locator("main").getByText("This page is the map, redrawn");
    assert.equal(await text.count(), 0);
    const before = await preview.edit("docs/architecture.md", (text) => text.replace("the map", "the map, redrawn"));
    try {
      await text.waitFor();
    } finally {
      await preview.edit("docs/architecture.md", () => before);
    }
    await text.waitFor({ state: "detached" });
  });

  testOn("guides/architecture/", "an error shows over the page until it is mended", {}, async (page) => {
    const problems = page.locator("livedoc-problems");
    assert.equal(await problems.count(), 0);
    const before = await preview.edit("docs/errors.md", (text) => `${text}\n[gone](nowhere.md)\n`);
    try {
      await problems.getByText("broken-link").waitFor();
      await problems.getByText("docs/errors.md").waitFor();
      assert.ok(await page.getByRole("heading", { level: 1 }).isVisible(), "the page is still there");
    } finally {
      await preview.edit("docs/errors.md", () => before);
    }
    await problems.waitFor({ state: "detached" });
  });

  testOn("", "a new title reaches the pages that link to it", {}, async (page) => {
    const path = "docs/onboarding/first-day.md";
    const renamed = page.getByText("The very first day").first();
    const before = await preview.edit(path, (text) => text.replace("title: First day", "title: The very first day"));
    try {
      await renamed.waitFor({ state: "attached" });
    } finally {
      await preview.edit(path, () => before);
    }
    await renamed.waitFor({ state: "detached" });
  });
});

describe("pages", () => {
  testOn("", "fit on a phone", { viewport: { width: 360, height: 740 } }, async (page, tab) => {
    const wide = [];
    for (const path of PAGES) {
      await page.goto(new URL(path, preview.url).href);
      const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
      if (content > window) wide.push(`${path}: ${content} > ${window}`);
    }
    assert.deepEqual(wide, []);
    assert.deepEqual(tab.offences, []);
  });

  testOn("", "can be read and followed without JavaScript", { javaScriptEnabled: false }, async (page) => {
    for (const path of PAGES) {
      await page.goto(new URL(path, preview.url).href);
      assert.ok(await page.getByRole("heading", { level: 1 }).isVisible(), `${path} has a heading`);
    }
    await page.goto(preview.url);
    await page.locator("main").getByRole("link", { name: "Architecture" }).first().click();
    await page.waitForURL("**/guides/architecture/");
    await page.getByRole("heading", { level: 2, name: "The life of an order" }).waitFor();
    await page.getByRole("navigation").getByRole("link", { name: "Decisions" }).first().click();
    await page.waitForURL("**/adr/");
    await page.locator("main").getByRole("link", { name: /Reserve stock when an order is placed/ }).first().click();
    await page.getByRole("heading", { level: 1, name: /Reserve stock when an order is placed/ }).waitFor();
  });
});
