// A link to itself behind each heading and each row of a list of implementations, for those who want to show somebody the
// place.
function begin() {
  for (const heading of document.querySelectorAll(".text :is(h1, h2, h3, h4, h5, h6, .implementations > li)[id]")) {
    if (heading.querySelector(":scope > .anchor")) continue;
    const link = document.createElement("a");
    link.className = "anchor";
    link.href = `#${encodeURIComponent(heading.id)}`;
    link.setAttribute("aria-label", "Link to this section");
    if (heading.matches("li")) heading.querySelector(":scope > code").after(link);
    else heading.append(link);
  }
}

document.addEventListener("DOMContentLoaded", begin);
document.addEventListener("livedoc:patched", begin);
