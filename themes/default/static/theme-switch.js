// The button that leads from the system's colour scheme to light, to dark, and back.
const NAMES = { auto: "automatic", light: "light", dark: "dark" };
const ORDER = Object.keys(NAMES);
const page = document.documentElement;
const button = document.querySelector("[data-theme-switch]");

function show(theme) {
  if (theme === "auto") delete page.dataset.theme;
  else page.dataset.theme = theme;
  button.setAttribute("aria-label", `Theme: ${NAMES[theme]}`);
  button.title = `Theme: ${NAMES[theme]}`;
}

function remember(theme) {
  try {
    if (theme === "auto") localStorage.removeItem("livedoc-theme");
    else localStorage.setItem("livedoc-theme", theme);
  } catch {
    // Storage may be forbidden; the choice then holds for this page.
  }
}

if (button) {
  show(page.dataset.theme ?? "auto");
  button.addEventListener("click", () => {
    const next = ORDER[(ORDER.indexOf(page.dataset.theme ?? "auto") + 1) % ORDER.length];
    show(next);
    remember(next);
  });
}
