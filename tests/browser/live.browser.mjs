// What happens to an open page when its source is edited: it changes in place, and the reader keeps what the reader has.

import assert from "node:assert/strict";
import { mkdir, rename, rm, unlink, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { after, before, describe, test } from "node:test";

import { openBrowser, openPreview, openTab, PATIENCE } from "./preview.mjs";

const ARCHITECTURE = "docs/architecture.md";

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser?.close());

/** A test with a preview of its own and a tab on the page at `path`, in which `window.isSame` tells that it was not loaded anew. */
function testLive(path, name, body, { flags, expected = [] } = {}) {
  test(name, { timeout: 4 * PATIENCE }, async () => {
    const preview = await openPreview("example-project", { flags });
    const tab = await openTab(browser, preview.url);
    try {
      await tab.page.goto(new URL(path, preview.url).href, { waitUntil: "load" });
      await tab.page.evaluate(() => (window.isSame = true));
      await body(tab.page, preview, tab);
      assert.deepEqual(tab.offences.filter((offence) => !expected.some((pattern) => pattern.test(offence))), []);
    } finally {
      await tab.context.close();
      await preview.close();
    }
  });
}

const isSame = (page) => page.evaluate(() => window.isSame === true);

async function write(preview, path, text) {
  await mkdir(dirname(preview.path(path)), { recursive: true });
  await writeFile(preview.path(path), text);
}

describe("a page changes in place", () => {
  testLive("guides/architecture/", "where one reads, what is open, focused and selected stay", async (page, preview) => {
    const heading = page.getByRole("heading", { level: 2, name: "The life of an order" });
    await heading.evaluate((element) => scrollTo({ top: element.getBoundingClientRect().top + scrollY - 150, behavior: "instant" }));
    const state = () => page.evaluate(() => ({
      top: Math.round(document.getElementById("the-life-of-an-order").getBoundingClientRect().top),
      open: [...document.querySelectorAll("details")].map((details) => details.open),
      focused: document.activeElement.textContent,
      selected: getSelection().toString(),
      side: document.querySelector(".side").scrollTop,
      theme: document.documentElement.dataset.theme,
      buttons: document.querySelectorAll(".listing .copy").length,
      marked: document.querySelectorAll(".contents [aria-current]").length,
    }));
    await page.evaluate(() => {
      for (const details of document.querySelectorAll("details")) details.open = !details.open;
      document.documentElement.dataset.theme = "dark";
      document.querySelector("#the-life-of-an-order ~ p a").focus({ preventScroll: true });
      const text = document.querySelector("#the-life-of-an-order ~ p ~ p").firstChild;
      getSelection().setBaseAndExtent(text, 3, text, 20);
    });
    const had = await state();
    assert.equal(had.selected.length, 17);
    assert.ok(had.buttons > 0 && had.open.length > 0);
    const lines = "A line that was not there before.\n\n".repeat(20);
    await preview.edit(ARCHITECTURE, (text) => text.replace("## Who talks to whom", `${lines}## Who talks to whom`).replace("The table is this", "This table is the"));
    await page.getByText("This table is the").waitFor();
    await page.waitForTimeout(200);
    const has = await state();
    assert.ok(Math.abs(has.top - had.top) <= 1, `the heading moved from ${had.top} to ${has.top}`);
    assert.deepEqual({ ...has, top: 0 }, { ...had, top: 0 });
    assert.ok(await isSame(page));
  });

  testLive("guides/", "what is typed stays, and what scripts made of it", async (page, preview) => {
    const input = page.getByRole("searchbox", { name: "Filter" });
    await input.fill("first");
    await input.evaluate((element) => element.setSelectionRange(1, 3));
    const rows = () => page.locator("main tbody tr:visible, main .rows > li:visible").allTextContents();
    const had = await rows();
    await preview.edit("docs/onboarding/first-day.md", (text) => text.replace("title: First day", "title: The very first day"));
    await page.getByText("The very first day").first().waitFor();
    await page.keyboard.type("s");
    assert.equal(await input.inputValue(), "fsst", "what was selected is replaced");
    await input.fill("first");
    assert.equal((await rows()).length, had.length);
    assert.ok(await isSame(page));
  });

  testLive("guides/architecture/", "the search dialog stays open", async (page, preview) => {
    await page.keyboard.press("/");
    await page.keyboard.type("stock");
    await page.getByRole("option").first().waitFor();
    await preview.edit(ARCHITECTURE, (text) => text.replace("is the map", "is the plan"));
    await page.getByText("is the plan").waitFor({ state: "attached" });
    assert.equal(await page.getByRole("combobox").inputValue(), "stock");
    assert.ok(await page.getByRole("dialog").isVisible());
    assert.ok(await isSame(page));
  });

  testLive("guides/architecture/", "scripts care for what is new", async (page, preview) => {
    const listings = page.locator(".listing");
    const count = await listings.count();
    await preview.edit(ARCHITECTURE, (text) => text.replace("## Inside the process", "## A new part\n\n```rust\nfn one() {}\n```\n\n## Inside the process").replaceAll("http.rs:router", "orders.rs:transitions"));
    await page.getByRole("heading", { name: "A new part" }).waitFor();
    assert.deepEqual(await listings.evaluateAll((all) => all.map((listing) => listing.querySelectorAll(".copy").length)), new Array(count + 1).fill(1));
    await page.locator("#a-new-part").evaluate((heading) => scrollTo({ top: heading.getBoundingClientRect().top + scrollY - 200, behavior: "instant" }));
    await page.locator(".contents [aria-current]", { hasText: "A new part" }).waitFor({ state: "attached" });
    assert.ok(await isSame(page));
  });

  testLive("guides/architecture/", "other pages are left alone", async (page, preview, { context }) => {
    const other = await context.newPage();
    await other.goto(new URL("guides/errors/", preview.url).href);
    await other.evaluate(() => {
      window.changes = 0;
      new MutationObserver((records) => (window.changes += records.length)).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    });
    await preview.edit(ARCHITECTURE, (text) => text.replace("is the map", "is the plan"));
    await page.getByText("is the plan").waitFor();
    await preview.edit("docs/errors.md", (text) => `${text}\nThe last word.\n`);
    await other.getByText("The last word.").waitFor({ state: "attached" });
    const touched = await other.evaluate(() => window.changes);
    assert.ok(touched > 0 && touched < 10, `only the last word is new: ${touched} changes`);
    assert.ok(await isSame(page));
  });

  testLive("guides/architecture/", "a page that goes is missing until it is back", async (page, preview) => {
    await write(preview, "docs/short-lived.md", "# Short-lived\n");
    await page.goto(new URL("guides/short-lived/", preview.url).href);
    await rename(preview.path("docs/short-lived.md"), preview.path("short-lived.kept"));
    await page.getByText("Nothing stands at this address").waitFor();
    await rename(preview.path("short-lived.kept"), preview.path("docs/short-lived.md"));
    await page.getByRole("heading", { name: "Short-lived" }).waitFor();
  }, { expected: [/404/] });
});

describe("what a page loads is loaded anew", () => {
  testLive("guides/architecture/", "style sheets, without a page without style", async (page, preview) => {
    await page.evaluate(() => {
      const look = () => {
        const sheet = [...document.styleSheets].some(({ href }) => href?.includes("theme.css"));
        if (!sheet || getComputedStyle(document.querySelector(".top")).position === "static") window.wasBare = true;
        requestAnimationFrame(look);
      };
      look();
    });
    const color = () => page.locator("h1").evaluate((heading) => getComputedStyle(heading).color);
    for (const rgb of ["rgb(1, 2, 3)", "rgb(4, 5, 6)"]) {
      await write(preview, "theme/styles/99-own.css", `h1 { color: ${rgb} }\n`);
      for (let tries = 0; (await color()) !== rgb; tries += 1) {
        assert.ok(tries < 200, "the new style is there");
        await page.waitForTimeout(50);
      }
    }
    assert.ok(await isSame(page));
    assert.equal(await page.evaluate(() => window.wasBare), undefined);
    assert.equal(await page.locator("link[rel=stylesheet]").count(), 1, "the old sheets are gone");
  });

  testLive("guides/architecture/", "images", async (page, preview) => {
    const image = (width) => `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="10"><rect width="9" height="9"/></svg>`;
    await write(preview, "docs/img/a.svg", image(20));
    await preview.edit(ARCHITECTURE, (text) => text.replace("## Who talks", "![A picture](img/a.svg)\n\n## Who talks"));
    const picture = page.getByAltText("A picture");
    const width = async (expected) => {
      await picture.scrollIntoViewIfNeeded();
      for (let tries = 0; (await picture.evaluate((element) => element.naturalWidth)) !== expected; tries += 1) {
        assert.ok(tries < 200, `the picture is ${expected} wide`);
        await page.waitForTimeout(50);
      }
    };
    await width(20);
    await write(preview, "docs/img/a.svg", image(30));
    await width(30);
    assert.ok(await isSame(page));
  });

  testLive("guides/architecture/", "scripts, with the page", async (page, preview) => {
    await write(preview, "theme/scripts/90-own.js", "document.documentElement.dataset.own = 'yes';\n");
    await page.locator("html[data-own=yes]").waitFor();
    assert.equal(await isSame(page), false);
  });

  test("a new server is found", { timeout: 4 * PATIENCE }, async () => {
    const preview = await openPreview("example-project");
    const { page, context } = await openTab(browser, preview.url);
    try {
      await page.goto(new URL("guides/architecture/", preview.url).href);
      await page.evaluate(() => (window.isSame = true));
      await preview.stop();
      await preview.edit(ARCHITECTURE, (text) => text.replace("is the map", "is the plan"));
      await preview.restart();
      await page.getByText("is the plan").waitFor();
      await preview.edit(ARCHITECTURE, (text) => text.replace("is the plan", "is the scheme"));
      await page.getByText("is the scheme").waitFor();
      assert.ok(await isSame(page));
    } finally {
      await context.close();
      await preview.close();
    }
  });
});

describe("following", () => {
  testLive("guides/errors/", "an open page goes to what is edited", async (page, preview) => {
    await preview.edit(ARCHITECTURE, (text) => text.replace("is the map", "is the plan"));
    await page.waitForURL("**/guides/architecture/");
    await page.getByText("is the plan").waitFor();
    await page.evaluate(() => (window.isSame = true));
    await preview.edit(ARCHITECTURE, (text) => text.replace("is the plan", "is the scheme"));
    await page.getByText("is the scheme").waitFor();
    assert.ok(await isSame(page), "where it is already, it stays");
  }, { flags: ["--navigate"] });

  testLive("guides/errors/", "or stays, when nobody wants that", async (page, preview, { context }) => {
    const other = await context.newPage();
    await other.goto(new URL("guides/architecture/", preview.url).href);
    await preview.edit(ARCHITECTURE, (text) => text.replace("is the map", "is the plan"));
    await other.getByText("is the plan").waitFor();
    assert.ok(page.url().endsWith("guides/errors/") && (await isSame(page)));
  });
});

describe("patching", () => {
  testLive("guides/errors/", "any page becomes any other, and what they share is kept", async (page) => {
    const wrong = await page.evaluate(async () => {
      const { patch, remember } = await import("/_livedoc/patch.js");
      // A small generator, the same in every run: xorshift.
      let seed = 42;
      const random = (below) => {
        seed ^= seed << 13;
        seed ^= seed >>> 17;
        seed ^= seed << 5;
        return (seed >>> 0) % below;
      };
      const tree = (depth) => {
        const name = ["p", "div", "ul", "section", "pre", "details"][random(6)];
        const id = random(4) === 0 ? ` id="i${random(9)}"` : "";
        const marks = random(3) === 0 ? ` class="c${random(3)} d" data-x="${random(5)}"` : "";
        const inside = depth === 0 ? "" : Array.from({ length: random(5) }, () => (random(2) ? tree(depth - 1) : `word ${random(9)}\n`)).join("");
        return name === "p" ? `<p${id}${marks}>text ${random(9)} <em>and</em> ${random(99)}</p>` : `<${name}${id}${marks}>${inside}</${name}>`;
      };
      const edit = (html) => {
        const copy = new DOMParser().parseFromString(html, "text/html").body;
        for (let edits = random(4); edits >= 0; edits -= 1) {
          const all = [...copy.querySelectorAll("*")];
          const one = all[random(all.length || 1)] ?? copy;
          [() => one !== copy && one.remove(), () => one.append("more"), () => one.setAttribute("class", "e"), () => one.before(tree(1)),
            () => one.insertAdjacentHTML("beforebegin", tree(2)), () => one.removeAttribute("id")][random(6)]();
        }
        return copy.innerHTML;
      };
      const head = document.head.innerHTML;
      const whole = (body) => `<!doctype html><html lang="en"><head>${head}</head><body>${body}</body></html>`;
      const wrong = [];
      let html = tree(3);
      document.body.innerHTML = html;
      remember();
      for (let round = 0; round < 400; round += 1) {
        const next = random(8) === 0 ? `${tree(3)}${tree(2)}` : edit(html);
        // What scripts add, and what readers do, outlives every change around it.
        const foreign = Object.assign(document.createElement("aside"), { textContent: "made by a script" });
        document.body.append(foreign);
        patch(whole(next));
        if (!foreign.isConnected) wrong.push(`${round}: a foreign element is gone`);
        foreign.remove();
        const expected = new DOMParser().parseFromString(whole(next), "text/html").body;
        const shown = document.body.cloneNode(true);
        // Pieces of text may lie side by side.
        for (const part of [shown, expected]) part.normalize();
        if (shown.innerHTML !== expected.innerHTML) wrong.push(`${round}: ${html} became ${shown.innerHTML} and not ${expected.innerHTML}`);
        html = next;
      }
      return wrong.slice(0, 3);
    });
    assert.deepEqual(wrong, []);
  });

  testLive("guides/errors/", "elements stay themselves", async (page) => {
    const wrong = await page.evaluate(async () => {
      const { patch, remember } = await import("/_livedoc/patch.js");
      const head = document.head.innerHTML;
      // A page, the next one, and the elements of the first one that must still be there, by a selector and its new text.
      const cases = [
        ["<p>one<p>two<p>three", "<p>new<p>one<p>two<p>three", [["p:nth-of-type(2)", "two"]]],
        ["<p>one<p>two two two<p>three", "<p>one<p>two or two<p>three", [["p:nth-of-type(2)", "two or two"]]],
        ["<p>alpha beta gamma<p>delta epsilon", "<p>zeta<p>alpha beta gamma!<p>delta epsilon.", [["p:nth-of-type(1)", "alpha beta gamma!"], ["p:nth-of-type(2)", "delta epsilon."]]],
        ["<h2 id=a>A</h2><p>x</p><h2 id=b>B</h2>", "<h2 id=b>Bee</h2>", [["#b", "Bee"]]],
        ["<details><summary>s</summary>one</details>", "<p>before</p><details><summary>s</summary>two</details>", [["details", "stwo"]]],
        ["<ul><li>a<li>b<li>c</ul>", "<ul><li>b<li>c<li>d</ul>", [["li:nth-child(2)", "b"], ["li:nth-child(3)", "c"]]],
        ["<input id=q value=a>", "<input id=q value=b>", [["#q", ""]]],
        // What a script put around an element stays with it, and goes with it.
        ["<p>a<pre>b</pre><p>c", "<p>a<pre>d</pre><p>c", [["pre", "d"], ["aside", "dbutton"]]],
        ["<p>a<pre>b</pre><p>c", "<p>a<p>c", [["p:nth-of-type(2)", "c"]]],
        ["<p>a<pre>b</pre><pre>b</pre>", "<p>a<pre>b</pre><ul></ul><pre>b</pre>", [["pre", "b"]]],
      ];
      const wrong = [];
      for (const [before, after, kept] of cases) {
        document.body.innerHTML = before;
        remember();
        for (const listing of document.querySelectorAll("pre")) {
          const around = document.createElement("aside");
          listing.replaceWith(around);
          around.append(listing, "button");
        }
        const elements = kept.map(([selector]) => document.querySelector(selector));
        const html = document.createElement("div");
        html.innerHTML = after;
        patch(`<!doctype html><html><head>${head}</head><body>${html.innerHTML}</body></html>`);
        const listings = document.querySelectorAll("pre").length;
        if (document.querySelectorAll("aside").length > listings) wrong.push(`${before} to ${after}: something is left`);
        kept.forEach(([selector, text], index) => {
          if (!elements[index].isConnected || elements[index].textContent !== text) wrong.push(`${before} to ${after}: ${selector} is ${elements[index].textContent}`);
        });
      }
      return wrong;
    });
    assert.deepEqual(wrong, []);
  });
});
