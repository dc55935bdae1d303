// "Try it" on the page of an operation: the place where readers send its request. What fills that is fetched when somebody
// opens it, so that a page which nobody tries costs nothing.
const PANEL = "try-it/panel.js";

// The places, each with the data that it stands for and the text of that when it was shown.
const places = new Map();

async function show(place, data) {
  places.set(place, { data, text: data.text });
  try {
    const panel = await import(`./${assets[PANEL]}`);
    panel.show(place, JSON.parse(data.text));
  } catch (error) {
    place.querySelector("[role=status]")?.remove();
    const words = document.createElement("p");
    words.setAttribute("role", "status");
    words.textContent = `This could not be loaded: ${error.message}`;
    place.append(words);
  }
}

function offer(data) {
  const place = document.createElement("details");
  place.className = "try-it";
  place.id = "try-it";
  place.append(document.createElement("summary"));
  place.firstChild.textContent = "Try it";
  // Right below method and path, where readers look for it.
  const operation = document.querySelector(".text > .operation");
  if (operation) operation.after(place);
  else data.before(place);
  places.set(place, { data, text: null });
  place.addEventListener("toggle", () => show(place, data), { once: true });
  place.open = location.hash === "#try-it";
}

function begin() {
  // A page that is no page of a site cannot load modules.
  if (location.protocol === "file:") return;
  for (const [place, { data, text }] of places) {
    if (!data.isConnected) {
      place.remove();
      places.delete(place);
    } else if (text !== null && text !== data.text) show(place, data);
  }
  const known = new Set([...places.values()].map(({ data }) => data));
  for (const data of document.querySelectorAll("script.request-form")) if (!known.has(data)) offer(data);
}

document.addEventListener("DOMContentLoaded", begin);
document.addEventListener("livedoc:patched", begin);
