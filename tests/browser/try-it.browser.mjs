// "Try it" in a real browser, against a real service: what is sent, what is shown, and why not.

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { openBrowser, PATIENCE, serve } from "./preview.mjs";
import { openService } from "./service.mjs";

const specification = (url) => `
openapi: 3.1.0
info: { title: Things, version: "1" }
servers: [{ url: "${url}/{area}", variables: { area: { default: open, enum: [open, closed] } } }, { url: "http://127.0.0.1:1" }]
security: [{ key: [] }, {}]
paths:
  /things/{id}:
    get:
      operationId: read
      summary: One thing
      parameters:
        - { name: id, in: path, required: true, schema: { type: string } }
        - { name: tags, in: query, explode: false, schema: { type: array, items: { enum: [a, b, c] } } }
        - { name: page, in: query, schema: { type: integer, default: 2 } }
        - { name: X-Trace, in: header, required: true, schema: { type: string, example: t1 } }
        - { name: theme, in: cookie, schema: { type: string } }
        - { name: Host, in: header, schema: { type: string } }
      responses: { "200": { description: One, content: { application/json: {} } } }
    post:
      operationId: change
      summary: Change it
      security: [{ token: [] }]
      parameters: [{ name: id, in: path, required: true, schema: { type: string, default: "7" } }]
      requestBody:
        required: true
        content:
          application/json: { example: { name: "<b>", id: 9007199254740993 } }
          multipart/form-data:
            schema:
              type: object
              required: [title]
              properties: { title: { type: string }, file: { type: string, format: binary } }
          application/x-www-form-urlencoded:
            schema:
              type: object
              properties: { title: { type: string, default: "a&b" }, tags: { type: array, items: { type: string } } }
      responses: { "201": { description: Changed } }
  /{name}:
    get:
      operationId: other
      summary: Whatever else there is
      security: []
      parameters: [{ name: name, in: path, required: true, schema: { type: string } }]
      responses: { "200": { description: Something } }
webhooks:
  thing: { post: { operationId: hook, summary: A thing, responses: { "200": { description: Taken } } } }
components:
  securitySchemes:
    key: { type: apiKey, in: header, name: X-Key }
    token: { type: oauth2, flows: {} }
`;

let browser, service, folder, preview, proxied, off;

before(async () => {
  [browser, service] = await Promise.all([openBrowser(), openService()]);
  folder = await mkdtemp(join(tmpdir(), "livedoc-browser-"));
  await writeFile(join(folder, "things.yaml"), specification(service.url));
  preview = await serve(folder);
  proxied = await serve(folder, { flags: ["--try-it-proxy", service.url] });
  await writeFile(join(folder, "off.toml"), "[extract.api]\ntry-it = false\n");
  off = await serve(folder, { flags: ["--config", join(folder, "off.toml")] });
});

after(async () => {
  await browser?.close();
  for (const server of [preview, proxied, off]) await server?.stop();
  await service?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

/** The panel of `operation`, opened by the keyboard. */
async function open(operation, { server = preview, context } = {}) {
  const tab = await (context ?? (await browser.newContext())).newPage();
  tab.setDefaultTimeout(PATIENCE);
  const errors = [];
  tab.on("pageerror", (error) => errors.push(error.stack));
  await tab.goto(new URL(`api/things/${operation}/`, server.url).href);
  await tab.locator(".try-it > summary").press("Enter");
  await tab.locator(".try-it form").waitFor();
  const field = (label) => tab.locator(".try-it").getByLabel(label, { exact: true });
  return {
    tab,
    field,
    errors,
    state: tab.locator(".try-it [role=status]"),
    request: tab.getByLabel("The request as it is sent"),
    answer: tab.locator(".try-it .answer"),
    async send(expected) {
      await tab.getByRole("button", { name: "Send", exact: true }).press("Enter");
      await tab.waitForFunction(
        (words) => new RegExp(words).test(document.querySelector(".try-it [role=status]").textContent),
        expected,
      );
    },
  };
}

const last = () => service.asked.findLast(({ method }) => method !== "OPTIONS");

describe("a request", () => {
  test("has parameters, and what need not be sent only when it is ticked", { timeout: 4 * PATIENCE }, async () => {
    const { tab, field, request, answer, send, errors } = await open("read");
    assert.equal(await request.textContent(), "Fill in id.");
    await field("id required").fill("a/b c");
    assert.equal(await field("page").inputValue(), "2");
    assert.match(await request.textContent(), /\/open\/things\/a%2Fb%20c\nX-Trace: t1\nAccept: application\/json$/);
    await field("Send page").check();
    await field("b").check();
    await field("c").check();
    assert.ok((await field("Host").isDisabled()) && (await field("theme").isDisabled()));
    await send("^200");
    assert.equal(last().url, "/open/things/a%2Fb%20c?tags=b,c&page=2");
    assert.equal(last().headers["x-trace"], "t1");
    assert.match(await answer.locator("pre").textContent(), /^{\n  "method": "GET",\n/);
    assert.match(await tab.locator(".facts-of-answer").textContent(), /ms · .*bytes$/);
    assert.match(await answer.locator("details").textContent(), /x-count7/);
    await field("Send to").selectOption("Another address");
    await field("Address required").fill(`${service.url}/open/else`);
    await send("^200");
    assert.match(last().url, /^\/open\/else\/things/);
    assert.deepEqual(errors, []);
    await tab.context().close();
  });

  test("has a body: JSON, a form, files", { timeout: 4 * PATIENCE }, async () => {
    const { tab, field, send, state, errors } = await open("change");
    assert.match(await field("Content").inputValue(), /^{\n  "name": "<b>",\n  "id": 9007199254740993\n}$/);
    await field("token: access token").fill("Bearer secret");
    await send("^201");
    assert.deepEqual(
      [last().method, last().body.includes("9007199254740993"), last().headers.authorization],
      ["POST", true, "Bearer secret"],
    );
    await field("Content").fill("{");
    await tab.getByRole("button", { name: "Send", exact: true }).click();
    assert.match(await field("Content").evaluate((area) => area.validationMessage), /no JSON/);
    await field("Media type").selectOption("multipart/form-data");
    await field("title required").fill("ü");
    await field("file").setInputFiles({ name: "a.txt", mimeType: "text/plain", buffer: Buffer.from("content of a") });
    const before = service.asked.length;
    await send("^201");
    await tab.waitForFunction(() => !document.querySelector(".try-it .actions [aria-disabled=true]"));
    assert.ok(service.asked.length > before);
    assert.match(last().headers["content-type"], /^multipart\/form-data; boundary=/);
    assert.match(last().body, /name="title"[^]*name="file"; filename="a.txt"[^]*content of a/);
    await field("Media type").selectOption("application/x-www-form-urlencoded");
    await field("Send title").check();
    await field("tags").fill("x\ny z");
    await tab.locator(".try-it form").evaluate((form) => form.requestSubmit());
    await tab.waitForFunction(() => /a%26b/.test(document.querySelector(".try-it .answer pre")?.textContent ?? ""));
    assert.equal(last().body, "title=a%26b&tags=x&tags=y%20z");
    assert.match(await state.textContent(), /^201/);
    assert.deepEqual(errors, []);
    await tab.context().close();
  });

  test("shows credentials that stay in the tab", { timeout: 4 * PATIENCE }, async () => {
    const context = await browser.newContext();
    const first = await open("read", { context });
    await first.field("id required").fill("1");
    await first.field("key: header X-Key").fill("k-secret");
    assert.ok(!(await first.request.textContent()).includes("k-secret"));
    await first.field("Show").check();
    assert.match(await first.request.textContent(), /X-Key: k-secret/);
    await first.send("^200");
    assert.equal(last().headers["x-key"], "k-secret");
    await first.tab.goto(new URL("api/things/other/", preview.url).href);
    await first.tab.goto(new URL("api/things/read/#try-it", preview.url).href);
    assert.equal(await first.field("key: header X-Key").inputValue(), "k-secret");
    assert.ok(!first.tab.url().includes("k-secret"));
    assert.ok(!(await first.tab.evaluate(() => JSON.stringify({ ...localStorage }))).includes("k-secret"));
    const second = await open("read", { context });
    assert.equal(await second.field("key: header X-Key").inputValue(), "");
    await first.tab.getByRole("button", { name: "Forget" }).click();
    assert.equal(await first.field("key: header X-Key").inputValue(), "");
    assert.ok(!(await first.tab.evaluate(() => JSON.stringify({ ...sessionStorage }))).includes("k-secret"));
    await context.close();
  });
});

describe("an answer", () => {
  test("is shown as what it is, and never runs", { timeout: 4 * PATIENCE }, async () => {
    const { tab, field, send, answer, errors } = await open("other");
    const ask = async (name, expected) => {
      await field("name required").fill(name);
      await send(expected);
    };
    await ask("html", "^200");
    assert.match(await answer.locator("pre").textContent(), /<script>/);
    assert.equal(await tab.locator("#evil").count(), 0);
    assert.notEqual(await tab.title(), "evil");
    await ask("missing", "^404");
    assert.match(await answer.locator("pre").textContent(), /"id": 9007199254740993\n}$/);
    await ask("picture", "^200 OK.*\\d+ bytes");
    assert.equal(await answer.locator("img").evaluate((image) => image.decode().then(() => image.naturalWidth)), 1);
    await ask("bytes", "3 bytes");
    const [download] = await Promise.all([
      tab.waitForEvent("download"),
      answer.getByRole("link", { name: "Save as bytes" }).click(),
    ]);
    assert.equal(download.suggestedFilename(), "bytes");
    await ask("away", "^200");
    assert.match(await answer.textContent(), /Redirected to .*\/open\/html/);
    assert.deepEqual(errors, []);
    await tab.context().close();
  });

  test("that is a stream is shown as it comes", { timeout: 4 * PATIENCE }, async () => {
    const { tab, field, state, answer, send } = await open("other");
    await field("name required").fill("stream");
    await send("^Sending");
    await answer.getByText("data: first").waitFor();
    await tab.getByRole("button", { name: "Cancel" }).click();
    await answer.getByText("Cancelled before all of it was there.").waitFor();
    assert.match(await answer.locator("pre").textContent(), /^data: first/);
    assert.match(await state.textContent(), /^200 OK/);
    await tab.context().close();
  });

  test("need not be waited for", { timeout: 4 * PATIENCE }, async () => {
    const { tab, field, state, send } = await open("other");
    await field("name required").fill("slow");
    await send("^Sending");
    await tab.getByRole("button", { name: "Cancel" }).click();
    await tab.waitForFunction(() => document.querySelector(".try-it [role=status]").textContent === "Cancelled.");
    assert.equal(await state.textContent(), "Cancelled.");
    await tab.context().close();
  });

  test("that does not come is explained", { timeout: 4 * PATIENCE }, async () => {
    const { tab, field, state, answer, send } = await open("read");
    await field("id required").fill("1");
    await field("area required").selectOption("closed");
    await field("key: header X-Key").fill("k");
    await send("CORS");
    assert.match(await state.textContent(), new RegExp(`^No answer. ${service.url} can be reached`));
    assert.match(
      await answer.textContent(),
      /Access-Control-Allow-Origin: http:\/\/127[^]*Access-Control-Allow-Headers: x-trace, x-key[^]*--try-it-proxy/,
    );
    await field("Send to").selectOption("http://127.0.0.1:1");
    await send("Nothing answers at http://127.0.0.1:1");
    await tab.context().close();
  });
});

describe("a page", () => {
  /** The preview's pages under another address and with other headers, as some site may have them. */
  const published = async (origin, headers = {}) => {
    const context = await browser.newContext();
    await context.route(`${origin}/**`, async (route) => {
      const { pathname, search } = new URL(route.request().url());
      // News never end.
      if (pathname.endsWith("/events")) return route.abort();
      const response = await route.fetch({ url: new URL(pathname + search, preview.url).href });
      await route.fulfill({ response, headers: { ...response.headers(), ...headers } });
    });
    return open("read", { server: { url: `${origin}/` }, context });
  };

  test("whose own policy forbids a request says so", { timeout: 4 * PATIENCE }, async () => {
    const policy = { "content-security-policy": "default-src 'self'" };
    const { tab, field, send } = await published("http://docs.example", policy);
    await field("id required").fill("1");
    await send("Content-Security-Policy");
    await tab.context().close();
  });

  test("that came over https sends nothing over http", { timeout: 4 * PATIENCE }, async () => {
    const { tab, field, send, answer } = await published("https://docs.example");
    await field("id required").fill("1");
    await field("Send to").selectOption("Another address");
    await field("Address required").fill("api.example");
    await tab.getByRole("button", { name: "Send", exact: true }).click();
    assert.match(await tab.locator(".try-it [role=status]").textContent(), /https:\/\/ or http:\/\/ in front/);
    await field("Address required").fill("http://api.example/v1");
    await send("mixed content");
    assert.match(await answer.textContent(), /https address/);
    await tab.context().close();
  });
});

describe("the proxy", () => {
  test("reaches a service that lets no page of another site read", { timeout: 4 * PATIENCE }, async () => {
    const { tab, field, request, send, answer, errors } = await open("read", { server: proxied });
    assert.match(await field("Send to").locator("option:checked").textContent(), /through the preview’s proxy/i);
    await field("Path in front").fill("/closed");
    await field("id required").fill("1");
    await field("theme").fill("dark");
    await field("key: header X-Key").fill("k");
    assert.match(await request.textContent(), new RegExp(`^GET ${service.url}/closed/things/1\n`));
    await send("^200");
    assert.deepEqual([last().url, last().headers["x-key"], last().headers.cookie], ["/closed/things/1", "k", "theme=dark"]);
    const change = await open("change", { server: proxied, context: tab.context() });
    await change.send("^201");
    assert.deepEqual([last().method, last().url, last().headers.origin], ["POST", "/open/things/7", undefined]);
    const other = await open("other", { server: proxied, context: tab.context() });
    await other.field("name required").fill("away");
    await other.send("^302 Found");
    assert.match(await other.answer.locator("details").textContent(), /location\/open\/html/);
    assert.match(await answer.textContent(), /x-count/);
    assert.deepEqual(errors, []);
    await tab.context().close();
  });
});

describe("the preview", () => {
  test("changes the panel with the specification", { timeout: 4 * PATIENCE }, async () => {
    const { tab, field, request, errors } = await open("read");
    await field("key: header X-Key").fill("kept");
    await field("id required").fill("mine");
    await field("page").fill("9");
    await field("b").check();
    await writeFile(
      join(folder, "things.yaml"),
      specification(service.url).replace("schema: { type: string, example: t1 }", "schema: { type: string, example: t2 }"),
    );
    await tab.waitForFunction(
      () =>
        document.querySelector(".try-it form")?.textContent.includes("t2") ||
        [...document.querySelectorAll(".try-it input")].some(({ value }) => value === "t2"),
    );
    assert.equal(await tab.locator(".try-it form").count(), 1);
    assert.equal(await field("key: header X-Key").inputValue(), "kept");
    assert.match(await request.textContent(), /\/things\/mine\?tags=b&page=9\nX-Trace: t2/);
    await writeFile(join(folder, "things.yaml"), specification(service.url));
    assert.deepEqual(errors, []);
    await tab.context().close();
  });
});

describe("nothing of it", () => {
  test("is on pages without a script, of webhooks, or where it is turned off", { timeout: 4 * PATIENCE }, async () => {
    const still = await browser.newContext({ javaScriptEnabled: false });
    const page = await still.newPage();
    await page.goto(new URL("api/things/read/", preview.url).href);
    assert.equal(await page.getByText("Try it").count(), 0);
    await still.close();
    const tab = await (await browser.newContext()).newPage();
    await tab.goto(new URL("api/things/webhooks/thing/", preview.url).href);
    assert.equal(await tab.locator("script.request-form, .try-it").count(), 0);
    const asked = [];
    tab.on("request", (request) => asked.push(request.url()));
    await tab.goto(new URL("api/things/read/", preview.url).href);
    assert.equal(await tab.locator(".try-it > summary").count(), 1);
    assert.ok(!asked.some((url) => url.includes("try-it")), "the panel is fetched when it is opened");
    await tab.goto(new URL("api/things/read/", off.url).href);
    assert.equal(await tab.locator("script.request-form, .try-it").count(), 0);
    assert.equal((await tab.request.get(new URL("assets/try-it/panel.js", off.url).href)).status(), 404);
    assert.ok(!(await (await tab.request.get(new URL("assets/theme.js", off.url).href)).text()).includes("try-it"));
    await tab.context().close();
  });
});
