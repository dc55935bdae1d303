// What the browser tests stand on: a copy of a repository, `livedoc serve` on it, and a Chromium.

import { spawn } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

import { chromium } from "playwright-core";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const LIVEDOC = process.env.LIVEDOC ?? join(ROOT, "target/debug/livedoc");
const CHROME = process.env.CHROME ?? "/usr/bin/chromium";

/** How long anything may take that a reader waits for, on a slow machine. */
export const PATIENCE = 60_000;

/** A browser that asks nobody but the pages' own host. Its profile is new and empty. */
export const openBrowser = () => chromium.launch({
  executablePath: CHROME,
  args: [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
  ],
});

/** `livedoc serve` on a copy of `folder` (from the project's root), on a free port, with more `flags`. */
export async function openPreview(folder, { flags = [] } = {}) {
  const parent = await mkdtemp(join(tmpdir(), "livedoc-browser-"));
  const copy = join(parent, basename(folder));
  await cp(join(ROOT, folder), copy, { recursive: true, filter: (path) => !["target", "site"].includes(basename(path)) });
  let server = await serve(copy, { flags });
  return {
    url: server.url,
    stop: () => server.stop(),
    /** Begins anew at the same address. */
    async restart() {
      server = await serve(copy, { flags, port: Number(new URL(server.url).port) });
    },
    /** Where the copy of a file is. */
    path: (path) => join(copy, path),
    /** Replaces the text of a file by what `change` makes of it, and gives what it was. */
    async edit(path, change) {
      const before = await readFile(join(copy, path), "utf8");
      await writeFile(join(copy, path), change(before));
      return before;
    },
    async close() {
      await server.stop();
      await rm(parent, { recursive: true, force: true });
    },
  };
}

/** `livedoc serve` on `folder` itself. */
export async function serve(folder, { flags = [], port = 0 } = {}) {
  const server = spawn(LIVEDOC, ["serve", folder, "--port", String(port), ...flags], { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  const url = await new Promise((found, failed) => {
    const timer = setTimeout(() => failed(new Error(`the preview did not start:\n${said}`)), PATIENCE);
    const listen = (text) => {
      said += text;
      const address = /http:\/\/[\d.:]+\//.exec(said)?.[0];
      if (address) {
        clearTimeout(timer);
        found(address);
      }
    };
    server.stdout.setEncoding("utf8").on("data", listen);
    server.stderr.setEncoding("utf8").on("data", listen);
    server.on("error", failed);
    server.on("exit", (code) => failed(new Error(`the preview ended with ${code}:\n${said}`)));
  });
  return {
    url,
    async stop() {
      if (server.exitCode !== null) return;
      const ended = new Promise((done) => server.on("exit", done));
      server.kill("SIGINT");
      const timer = setTimeout(() => server.kill("SIGKILL"), 5_000);
      await ended;
      clearTimeout(timer);
    },
  };
}

/**
 * A tab on the preview at `url`, and what it did that it must not: errors on its console, exceptions, failed requests,
 * requests to other hosts.
 */
export async function openTab(browser, url, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  const offences = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) offences.push(`console: ${message.text()} (${message.location().url})`);
  });
  page.on("pageerror", (error) => offences.push(`exception: ${error.stack}`));
  context.on("request", (request) => {
    const { protocol, origin } = new URL(request.url());
    if (!["data:", "blob:"].includes(protocol) && `${origin}/` !== url) offences.push(`other host: ${request.url()}`);
  });
  context.on("response", (response) => {
    if (response.status() >= 400) offences.push(`${response.status()}: ${response.url()}`);
  });
  return { page, context, offences };
}
