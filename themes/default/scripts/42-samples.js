// The language in which a reader wants samples is the same on all pages, also after a visit.
const KEY = "livedoc-sample";

/** What a reader chose before, where the browser lets pages remember things. */
function remembered() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function begin() {
  const wanted = remembered();
  if (!wanted) return;
  for (const choice of document.querySelectorAll(".samples > input")) {
    if (choice.value === wanted) choice.checked = true;
  }
}

document.addEventListener("change", ({ target }) => {
  if (!target.matches?.(".samples > input")) return;
  try {
    localStorage.setItem(KEY, target.value);
  } catch {
    // Nothing is remembered then.
  }
  begin();
});
document.addEventListener("DOMContentLoaded", begin);
document.addEventListener("livedoc:patched", begin);
