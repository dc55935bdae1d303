// Marks the section that is being read in the table of contents.
const links = new Map();
for (const link of document.querySelectorAll(".contents a")) {
  const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (heading) links.set(heading, link);
}
const headings = [...links.keys()];
let current;

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

if (headings.length > 0) {
  let waiting = false;
  const later = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      mark();
    });
  };
  addEventListener("scroll", later, { passive: true });
  addEventListener("resize", later);
  mark();
}
