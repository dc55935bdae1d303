// Brings the current page into view in a long navigation.
const side = document.querySelector(".side");
const entry = side?.querySelector("[aria-current=page]");
if (entry) {
  const middle = entry.getBoundingClientRect().top - side.getBoundingClientRect().top - side.clientHeight / 2;
  if (middle > 0) side.scrollTop += middle;
}
