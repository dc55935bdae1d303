// Narrows the list of a section down to what contains every word that is typed.
const filter = document.querySelector("[data-filter]");
const input = filter?.querySelector("input");
const status = filter?.querySelector("[role=status]");
let lists = [];

function read() {
  lists = [...document.querySelectorAll(".list")].map((list) => ({
    list,
    rows: [...list.querySelectorAll("tbody tr, .rows > li")].map((row) => ({ row, text: row.textContent.toLowerCase() })),
  }));
}

function narrow() {
  const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
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
  status.textContent = words.length === 0 ? "" : `${shown} found`;
}

if (input) {
  read();
  input.addEventListener("input", narrow);
  if (input.value) narrow();
  document.addEventListener("livedoc:patched", () => {
    read();
    narrow();
  });
}
