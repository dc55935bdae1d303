// A button on each listing that copies its text; listings that are wider than the page can be scrolled with the keyboard.
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

function addButton(listing) {
  const around = frame(listing);
  if (around.querySelector(":scope > .copy")) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = "Copy";
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(around.querySelector("code").textContent);
      button.textContent = "Copied";
    } catch {
      button.textContent = "Not allowed";
    }
    setTimeout(() => (button.textContent = "Copy"), SHOWN_FOR);
  });
  around.append(button);
}

const listings = () => [...document.querySelectorAll(".text pre")].filter((listing) => listing.querySelector("code"));

function makeScrollable() {
  for (const listing of listings()) {
    if (listing.scrollWidth > listing.clientWidth) listing.tabIndex = 0;
    else listing.removeAttribute("tabindex");
  }
}

function begin() {
  if (navigator.clipboard) listings().forEach(addButton);
  makeScrollable();
}

document.addEventListener("DOMContentLoaded", begin);
document.addEventListener("livedoc:patched", begin);
addEventListener("resize", makeScrollable);
