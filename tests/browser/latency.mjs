// How long it takes from saving a file to the changed page in the browser.
//
//     node latency.mjs FOLDER SOURCE ROUNDS [TEXT]
//
// Serves FOLDER, opens the page of SOURCE (a path in it; the front page, when it has none) and saves SOURCE so often. Each
// time, a new word is put behind the first TEXT in it, or into a paragraph at its end. Prints the milliseconds from
// before the file is written until the page has the word, as JSON. The file is then as it was.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { openBrowser, serve } from "./preview.mjs";

const [folder, source, rounds = "20", text = ""] = process.argv.slice(2);
if (!folder || !source) throw new Error("usage: node latency.mjs FOLDER SOURCE ROUNDS [TEXT]");

const path = join(folder, source);
const original = readFileSync(path, "utf8");
if (!original.includes(text)) throw new Error(`${source} does not have ${JSON.stringify(text)}`);

const now = () => performance.timeOrigin + performance.now();
const changed = (word) => (text ? original.replace(text, () => `${text} ${word}`) : `${original}\n\n${word}\n`);

const [browser, server] = await Promise.all([openBrowser(), serve(folder)]);
try {
  const graph = await (await fetch(new URL("graph.json", server.url))).json();
  const node = graph.nodes.find((node) => node.source?.path === source && node.url && !node.url.includes("#"));
  const page = await browser.newPage();
  await page.goto(new URL(node?.url ?? "", server.url).href);
  await page.evaluate(() => {
    window.seen = {};
    new MutationObserver(() => {
      const word = /edited-\d+-times/.exec(document.body.textContent)?.[0];
      if (word) window.seen[word] ??= performance.timeOrigin + performance.now();
    }).observe(document, { subtree: true, childList: true, characterData: true });
  });
  const times = [];
  for (let round = 1; round <= Number(rounds); round += 1) {
    // Whoever saves is not in step with anything.
    await page.waitForTimeout(300 + Math.random() * 100);
    const word = `edited-${round}-times`;
    const begun = now();
    writeFileSync(path, changed(word));
    await page.waitForFunction((word) => window.seen[word], word);
    times.push((await page.evaluate((word) => window.seen[word], word)) - begun);
  }
  const sorted = times.toSorted((one, other) => one - other);
  const at = (share) => Number(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))].toFixed(1));
  console.log(JSON.stringify({ pages: graph.nodes.filter(({ url }) => url && !url.includes("#")).length, rounds: times.length, median: at(0.5), p90: at(0.9), times: times.map((time) => Number(time.toFixed(1))) }));
} finally {
  writeFileSync(path, original);
  await browser.close();
  await server.stop();
}
