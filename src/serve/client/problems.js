// Shows what is wrong with the sources over the page.

// What this tab remembers from page to page: the errors it has shown, and whether they are open.
const KNOWN = "livedoc-known-errors";
const OPEN = "livedoc-findings-open";

const host = document.createElement("livedoc-problems");
const shadow = host.attachShadow({ mode: "open" });
const sheet = new CSSStyleSheet();
sheet.replaceSync(`
  :host { position: fixed; inset: auto 1rem 1rem auto; z-index: 2147483647; max-width: min(46rem, calc(100vw - 2rem));
    font: 14px/1.5 system-ui, sans-serif; color: #f4f4f5; }
  section, button.badge { background: #18181b; border: 1px solid #52525b; border-radius: 8px; box-shadow: 0 8px 30px #0008; }
  section { display: flex; flex-direction: column; max-height: min(70vh, 40rem); }
  header { display: flex; gap: 1rem; align-items: center; padding: .6rem 1rem; border-bottom: 1px solid #3f3f46; }
  h2 { font-size: 1em; margin: 0; flex: 1; }
  ol { margin: 0; padding: 0; list-style: none; overflow: auto; }
  li { padding: .7rem 1rem; border-top: 1px solid #27272a; border-left: 4px solid #fbbf24; }
  li.error { border-left-color: #f87171; }
  p { margin: 0; overflow-wrap: anywhere; }
  .place { font: 12px/1.6 ui-monospace, monospace; color: #a1a1aa; }
  pre { margin: .4rem 0; padding: .3rem .5rem; overflow: auto; background: #09090b; border-radius: 4px; font: 12px/1.5 ui-monospace, monospace; }
  .hint { color: #86efac; }
  button { font: inherit; color: inherit; background: #3f3f46; border: 0; border-radius: 6px; padding: .2rem .7rem; cursor: pointer; }
  button.badge { padding: .4rem .9rem; }
  button:focus-visible { outline: 2px solid #93c5fd; outline-offset: 2px; }
`);
shadow.adoptedStyleSheets = [sheet];

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function summary({ errors, warnings }) {
  const count = (number, one, many) => (number ? `${number} ${number === 1 ? one : many}` : "");
  return [count(errors, "error", "errors"), count(warnings, "warning", "warnings")].filter(Boolean).join(", ");
}

function show(found, open) {
  shadow.replaceChildren();
  if (found.problems.length === 0) {
    host.remove();
    return;
  }
  if (!open) {
    const badge = element("button", { className: "badge", type: "button", textContent: summary(found) });
    badge.addEventListener("click", () => { sessionStorage.setItem(OPEN, "1"); show(found, true); });
    shadow.append(badge);
  } else {
    const close = element("button", { type: "button", textContent: "Hide", ariaLabel: "Hide the findings" });
    close.addEventListener("click", () => { sessionStorage.removeItem(OPEN); show(found, false); });
    const items = found.problems.map((problem) => element("li", { className: problem.level },
      element("p", { textContent: `${problem.code}: ${problem.message}` }),
      element("p", { className: "place", textContent: problem.place }),
      ...(problem.line ? [element("pre", { textContent: problem.line })] : []),
      ...(problem.hint ? [element("p", { className: "hint", textContent: problem.hint })] : [])));
    const more = found.errors + found.warnings - found.problems.length;
    if (more > 0) items.push(element("li", {}, `… and ${more} more on the terminal`));
    const list = element("ol", { tabIndex: 0 }, ...items);
    shadow.append(element("section", { role: "alert", ariaLabel: "Findings" },
      element("header", {}, element("h2", { textContent: summary(found) }), close), list));
  }
  if (!host.isConnected) document.body.append(host);
}

function key(problem) {
  return `${problem.code} ${problem.message} ${problem.place}`;
}

/** Shows `found`: the worst problems, and how many there are. */
export function showProblems(found) {
  // What was there before the first page opened waits in a corner; what an edit broke is shown at once.
  const errors = found.problems.filter((problem) => problem.level === "error").map(key);
  const remembered = sessionStorage.getItem(KNOWN);
  const known = new Set(remembered === null ? errors : JSON.parse(remembered));
  if (errors.some((error) => !known.has(error))) sessionStorage.setItem(OPEN, "1");
  if (errors.length === 0) sessionStorage.removeItem(OPEN);
  sessionStorage.setItem(KNOWN, JSON.stringify(errors));
  show(found, sessionStorage.getItem(OPEN) !== null);
}
