// The button that leads from the system's colour scheme to light, to dark, and back.
const NAMES = { auto: "automatic", light: "light", dark: "dark" };
const ORDER = Object.keys(NAMES);
const page = document.documentElement;

function show(button, theme) {
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

document.addEventListener("DOMContentLoaded", () => {
  const button = document.querySelector("[data-theme-switch]");
  if (!button) return;
  show(button, page.dataset.theme ?? "auto");
  button.addEventListener("click", () => {
    const next = ORDER[(ORDER.indexOf(page.dataset.theme ?? "auto") + 1) % ORDER.length];
    show(button, next);
    remember(next);
  });
});
