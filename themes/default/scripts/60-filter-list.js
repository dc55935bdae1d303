// Narrows a list down to what contains every word that is typed, and what is chosen: a status, a tag, one of several lists.
let lists = [];

function read() {
  lists = [...document.querySelectorAll(".list")].map((list) => {
    const facets = [...list.querySelectorAll("thead th")].map((head, at) => ({ head, at })).filter(({ head }) => "facet" in head.dataset);
    const values = (row) => facets.map(({ head, at }) => [
      head.textContent,
      [...(row.cells?.[at]?.querySelectorAll(".badge") ?? [])].map((value) => value.textContent),
    ]);
    return {
      list,
      name: list.querySelector("h2")?.textContent ?? "",
      marks: new Map([...list.querySelectorAll(".timeline a")].map((mark) => [mark.getAttribute("href"), mark])),
      rows: [...list.querySelectorAll("tbody tr, .rows > li")].map((row) => ({
        row,
        text: row.textContent.toLowerCase(),
        link: row.querySelector("a")?.getAttribute("href"),
        facets: Object.fromEntries(values(row)),
      })),
    };
  });
}

// A choice for each column whose values tell its rows apart, and one of lists where there are several.
function offer(filter) {
  const choices = new Map();
  const add = (name, value) => value && choices.set(name, (choices.get(name) ?? new Set()).add(value));
  for (const { name, rows } of lists) {
    if (lists.length > 1) add("List", name);
    for (const { facets } of rows) for (const [name, values] of Object.entries(facets)) for (const value of values) add(name, value);
  }
  const chosen = chosenIn(filter);
  filter.querySelectorAll("label:has(select)").forEach((label) => label.remove());
  for (const [name, values] of choices) {
    if (values.size < 2) continue;
    const select = document.createElement("select");
    select.dataset.choice = name;
    select.append(new Option("All", ""), ...[...values].sort().map((value) => new Option(value, value)));
    select.value = values.has(chosen[name]) ? chosen[name] : "";
    const label = document.createElement("label");
    label.append(`${name} `, select);
    filter.querySelector("[role=status]").before(label);
  }
}

function chosenIn(filter) {
  return Object.fromEntries([...filter.querySelectorAll("[data-choice]")].map((select) => [select.dataset.choice, select.value]));
}

function narrow(filter) {
  const words = filter.querySelector("input").value.toLowerCase().split(/\s+/).filter(Boolean);
  const { List: wanted, ...chosen } = chosenIn(filter);
  const picks = Object.entries(chosen).filter(([, value]) => value);
  let shown = 0;
  for (const { list, name, rows, marks } of lists) {
    let here = 0;
    for (const { row, text, facets, link } of rows) {
      const fits =
        (!wanted || wanted === name) &&
        words.every((word) => text.includes(word)) &&
        picks.every(([facet, value]) => facets[facet]?.includes(value));
      row.hidden = !fits;
      const mark = marks.get(link);
      if (mark) mark.hidden = !fits;
      here += fits;
    }
    list.hidden = here === 0;
    shown += here;
  }
  const isWhole = words.length === 0 && picks.length === 0 && !wanted;
  filter.querySelector("[role=status]").textContent = isWhole ? "" : `${shown} found`;
}

function begin() {
  const filter = document.querySelector("[data-filter]");
  if (!filter) return;
  read();
  offer(filter);
  narrow(filter);
}

document.addEventListener("input", ({ target }) => {
  const filter = target.closest?.("[data-filter]");
  if (filter) narrow(filter);
});
document.addEventListener("DOMContentLoaded", begin);
document.addEventListener("livedoc:patched", begin);
