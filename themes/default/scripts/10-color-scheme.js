// Loaded before the page is drawn, so that a chosen colour scheme does not flash.
document.documentElement.classList.add("js");
try {
  const chosen = localStorage.getItem("livedoc-theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
} catch {
  // Storage may be forbidden; the system's scheme is used then.
}
