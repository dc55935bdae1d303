// Which of an element's old children became which of its new ones.

// So many comparisons are worth making. Beyond, children are paired by their places alone.
const MOST = 40_000;

/**
 * For each of `next`, the position in `old` of the node that it is a later state of, or -1. Positions rise: nodes that
 * changed places count as removed and new.
 */
export function align(old, next) {
  const pairs = new Array(next.length).fill(-1);
  let start = 0;
  while (start < old.length && start < next.length && old[start].isEqualNode(next[start])) {
    pairs[start] = start;
    start += 1;
  }
  let [oldEnd, nextEnd] = [old.length, next.length];
  while (oldEnd > start && nextEnd > start && old[oldEnd - 1].isEqualNode(next[nextEnd - 1])) {
    oldEnd -= 1;
    nextEnd -= 1;
    pairs[nextEnd] = oldEnd;
  }
  const [before, after] = [old.slice(start, oldEnd), next.slice(start, nextEnd)];
  const inner = before.length * after.length > MOST ? alignByPlace(before, after) : alignBest(before, after);
  inner.forEach((position, index) => {
    if (position >= 0) pairs[start + index] = start + position;
  });
  return pairs;
}

function alignByPlace(old, next) {
  let from = 0;
  return next.map((node) => {
    const position = old.findIndex((other, index) => index >= from && index < from + 10 && isSame(other, node));
    if (position >= 0) from = position + 1;
    return position;
  });
}

/** The pairs that are most alike altogether: the longest common subsequence, with weights. */
function alignBest(old, next) {
  const texts = new Map([...old, ...next].map((node) => [node, node.textContent]));
  const weights = next.map((node) => old.map((other) => weigh(other, node, texts)));
  const width = old.length + 1;
  // The best sum for what is left from each position on.
  const best = new Float64Array(width * (next.length + 1));
  for (let row = next.length - 1; row >= 0; row -= 1) {
    for (let column = old.length - 1; column >= 0; column -= 1) {
      const at = row * width + column;
      const paired = weights[row][column] > 0 ? weights[row][column] + best[at + width + 1] : 0;
      best[at] = Math.max(paired, best[at + 1], best[at + width]);
    }
  }
  const pairs = [];
  let column = 0;
  for (let row = 0; row < next.length; row += 1) {
    // Old nodes that gain nothing are passed over.
    while (column < old.length && best[row * width + column] === best[row * width + column + 1]) column += 1;
    const at = row * width + column;
    const isPaired = column < old.length && best[at] > best[at + width];
    pairs.push(isPaired ? column : -1);
    if (isPaired) column += 1;
  }
  return pairs;
}

/** How gladly `next` is taken for a later state of `old`; 0 for never. */
function weigh(old, next, texts) {
  if (!isSame(old, next)) return 0;
  const [before, after] = [texts.get(old), texts.get(next)];
  // Line breaks between elements are all alike.
  if (after.trim() === "" && before.trim() === "" && next.nodeType === Node.TEXT_NODE) return 0.01;
  if (old.isEqualNode(next)) return 3;
  return (key(next) === "" ? 0.2 : 2) + likeness(before, after);
}

/** How much of two texts is the same at their beginnings and ends, from 0 to 1. */
function likeness(one, other) {
  const { start, end } = difference(one, other);
  return (start + end) / Math.max(one.length, other.length, 1);
}

/** How many characters two texts share at their beginnings and at their ends. */
export function difference(one, other) {
  const shorter = Math.min(one.length, other.length);
  let start = 0;
  while (start < shorter && one[start] === other[start]) start += 1;
  let end = 0;
  while (end < shorter - start && one[one.length - 1 - end] === other[other.length - 1 - end]) end += 1;
  return { start, end };
}

/** Whether `next` can be a later state of `old` at all. */
function isSame(old, next) {
  return old.nodeType === next.nodeType && old.nodeName === next.nodeName && key(old) === key(next);
}

/** What makes a node itself, whatever else of it changes. */
function key(node) {
  if (node.nodeType !== Node.ELEMENT_NODE) return "";
  if (node.matches("script[src], link[href]")) return path(node.getAttribute("src") ?? node.getAttribute("href"));
  if (node.matches("meta")) return node.getAttribute("name") ?? node.getAttribute("property") ?? "";
  return node.id;
}

/** An address without what tells its versions apart. */
const path = (address) => address.replace(/[?#].*/, "");
