// The steps of a runbook can be ticked off, and each can be linked to. What is ticked stays in this tab: who comes here the next
// time begins anew.
const KEY = `livedoc-steps ${location.pathname}`;

function read() {
  try {
    return new Set(JSON.parse(sessionStorage.getItem(KEY)) ?? []);
  } catch {
    return new Set();
  }
}

function keep(ticked) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify([...ticked]));
  } catch {
    // Without storage ticks last as long as the page does.
  }
}

function addTick(step, number, ticked) {
  if (step.querySelector(":scope > .tick")) return;
  const tick = document.createElement("input");
  tick.type = "checkbox";
  tick.className = "tick";
  tick.checked = ticked.has(step.id);
  tick.setAttribute("aria-label", `Step ${number} is done`);
  step.classList.toggle("done", tick.checked);
  tick.addEventListener("change", () => {
    if (tick.checked) ticked.add(step.id);
    else ticked.delete(step.id);
    step.classList.toggle("done", tick.checked);
    keep(ticked);
  });
  const link = document.createElement("a");
  link.className = "anchor";
  link.href = `#${encodeURIComponent(step.id)}`;
  link.setAttribute("aria-label", `Link to step ${number}`);
  step.prepend(tick, link);
}

function begin() {
  const ticked = read();
  for (const list of document.querySelectorAll(".text ol.steps")) {
    [...list.children].filter((step) => step.id).forEach((step, index) => addTick(step, list.start + index, ticked));
  }
}

document.addEventListener("DOMContentLoaded", begin);
document.addEventListener("livedoc:patched", begin);
