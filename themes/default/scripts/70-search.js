// Search is a module of its own, fetched when the page is there. As an element it belongs to the page's loading, so that a
// page that is loaded hears its keys.
const search = document.createElement("script");
search.type = "module";
search.src = new URL(assets["search.js"], document.currentScript.src);
document.addEventListener("DOMContentLoaded", () => document.head.append(search));
