// A button on each listing that copies its text.
const SHOWN_FOR = 1500;

for (const listing of document.querySelectorAll(".listing, .signature")) {
  const code = listing.querySelector("code");
  if (!code || !navigator.clipboard) continue;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = "Copy";
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(code.textContent);
      button.textContent = "Copied";
    } catch {
      button.textContent = "Not allowed";
    }
    setTimeout(() => (button.textContent = "Copy"), SHOWN_FOR);
  });
  listing.append(button);
}
