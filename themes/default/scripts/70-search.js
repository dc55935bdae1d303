// Search is a module of its own, which is fetched when the page is there.
document.addEventListener("DOMContentLoaded", () => import(`./${assets["search.js"]}`));
