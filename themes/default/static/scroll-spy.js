// Marks the section that is being read in the table of contents.
const links = new Map();
let headings = [];
let current;

function read() {
  links.clear();
  for (const link of document.querySelectorAll(".contents a")) {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (heading) links.set(heading, link);
  }
  headings = [...links.keys()];
}

function mark() {
  const line = window.innerHeight / 4;
  const passed = headings.filter((heading) => heading.getBoundingClientRect().top <= line);
  const link = links.get(passed.at(-1) ?? headings[0]);
  if (link === current) return;
  current?.removeAttribute("aria-current");
  link.setAttribute("aria-current", "location");
  current = link;
  const rail = link.closest(".rail");
  const inside = link.offsetTop - rail.offsetTop;
  if (inside < rail.scrollTop || inside > rail.scrollTop + rail.clientHeight - 40) {
    rail.scrollTop = inside - rail.clientHeight / 2;
  }
}

let waiting = false;
function later() {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    if (headings.length > 0) mark();
  });
}

function begin() {
  read();
  if (headings.length > 0) mark();
}

addEventListener("scroll", later, { passive: true });
addEventListener("resize", later);
document.addEventListener("livedoc:patched", begin);
begin();
