// A link to itself behind each heading, for those who want to show somebody the place.
function begin() {
  for (const heading of document.querySelectorAll(".text :is(h1, h2, h3, h4, h5, h6)[id]")) {
    if (heading.querySelector(":scope > .anchor")) continue;
    const link = document.createElement("a");
    link.className = "anchor";
    link.href = `#${encodeURIComponent(heading.id)}`;
    link.setAttribute("aria-label", "Link to this section");
    heading.append(link);
  }
}

document.addEventListener("DOMContentLoaded", begin);
document.addEventListener("livedoc:patched", begin);
