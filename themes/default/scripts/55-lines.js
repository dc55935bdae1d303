// Marks the lines of a file that an address names: `#12-20`. Of one line alone the style sheet takes care. With Shift a click
// on a number goes on from the line that is marked.
const LINES = /^#(\d+)(?:-(\d+))?$/;

/** The first and the last of the lines that the address names; nothing for none. */
const named = () => LINES.exec(location.hash)?.slice(1).filter(Boolean).map(Number).sort((one, other) => one - other) ?? [];

function mark(options) {
  const numbers = document.querySelector(".numbers");
  if (!numbers) return;
  for (const link of numbers.querySelectorAll(".chosen")) link.classList.remove("chosen");
  const [first, last] = named();
  if (last === undefined) return;
  const chosen = [...numbers.children].slice(Math.max(first, 1) - 1, last);
  for (const link of chosen) link.classList.add("chosen");
  chosen[0]?.scrollIntoView(options);
}

document.addEventListener("click", (event) => {
  const link = event.shiftKey && event.target.closest?.(".numbers a");
  const [first] = named();
  if (!link || first === undefined) return;
  event.preventDefault();
  const lines = [first, Number(link.id)].sort((one, other) => one - other);
  location.hash = lines[0] === lines[1] ? lines[0] : lines.join("-");
});
addEventListener("hashchange", () => mark({ block: "nearest" }));
document.addEventListener("DOMContentLoaded", () => mark());
document.addEventListener("livedoc:patched", () => mark({ block: "nearest" }));
