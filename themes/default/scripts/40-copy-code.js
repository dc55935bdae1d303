// A button on each listing that copies its text, and one on the page of what code names that copies the name. Listings that
// are wider than the page can be scrolled with the keyboard.
const SHOWN_FOR = 1500;

/** What stands around a listing and does not scroll with it. */
function frame(listing) {
  const around = listing.parentNode;
  if (around.matches(".listing")) return around;
  const made = document.createElement("div");
  made.className = "listing";
  listing.replaceWith(made);
  made.append(listing);
  return made;
}

/** A button that is called `label` and copies what `text` gives. */
function makeButton(className, label, text) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = className;
  button.textContent = label;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text());
      button.textContent = "Copied";
    } catch {
      button.textContent = "Not allowed";
    }
    setTimeout(() => (button.textContent = label), SHOWN_FOR);
  });
  return button;
}

function addButton(listing) {
  const around = frame(listing);
  if (around.querySelector(":scope > .copy")) return;
  around.append(makeButton("copy", "Copy", () => around.querySelector("code").textContent));
}

/** The button that copies by what code calls the thing that the page is about. */
function addNameButton() {
  const article = document.querySelector("[data-name]");
  const tools = article?.querySelector(".tools");
  if (!tools || tools.querySelector(".copy-name")) return;
  tools.prepend(makeButton("copy-name", "Copy path", () => article.dataset.name));
}

const listings = () => [...document.querySelectorAll(".text pre")].filter((listing) => listing.querySelector("code"));

function makeScrollable() {
  for (const listing of [...listings(), ...document.querySelectorAll(".lines .code")]) {
    if (listing.scrollWidth > listing.clientWidth || listing.scrollHeight > listing.clientHeight) listing.tabIndex = 0;
    else listing.removeAttribute("tabindex");
  }
}

function begin() {
  if (navigator.clipboard) {
    listings().forEach(addButton);
    addNameButton();
  }
  makeScrollable();
}

document.addEventListener("DOMContentLoaded", begin);
document.addEventListener("livedoc:patched", begin);
addEventListener("resize", makeScrollable);
