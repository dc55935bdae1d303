// A button on each listing that copies its text.
const SHOWN_FOR = 1500;

function addButton(listing) {
  if (!listing.querySelector("code") || listing.querySelector(":scope > .copy")) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = "Copy";
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(listing.querySelector("code").textContent);
      button.textContent = "Copied";
    } catch {
      button.textContent = "Not allowed";
    }
    setTimeout(() => (button.textContent = "Copy"), SHOWN_FOR);
  });
  listing.append(button);
}

function addButtons() {
  if (navigator.clipboard) document.querySelectorAll(".listing, .signature").forEach(addButton);
}

addButtons();
document.addEventListener("livedoc:patched", addButtons);
