// Narrows a list down to what contains every word that is typed.
let lists = [];

function read() {
  lists = [...document.querySelectorAll(".list")].map((list) => ({
    list,
    rows: [...list.querySelectorAll("tbody tr, .rows > li")].map((row) => ({ row, text: row.textContent.toLowerCase() })),
  }));
}

function narrow(filter) {
  const words = filter.querySelector("input").value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const { list, rows } of lists) {
    let here = 0;
    for (const { row, text } of rows) {
      const fits = words.every((word) => text.includes(word));
      row.hidden = !fits;
      here += fits;
    }
    list.hidden = here === 0;
    shown += here;
  }
  filter.querySelector("[role=status]").textContent = words.length === 0 ? "" : `${shown} found`;
}

function begin() {
  const filter = document.querySelector("[data-filter]");
  if (!filter) return;
  read();
  narrow(filter);
}

document.addEventListener("input", ({ target }) => {
  const filter = target.closest?.("[data-filter]");
  if (filter) narrow(filter);
});
document.addEventListener("DOMContentLoaded", begin);
document.addEventListener("livedoc:patched", begin);
