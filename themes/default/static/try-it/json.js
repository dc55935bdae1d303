// JSON as text -> JSON as text that reads well. Nothing is read as a number on the way: `9007199254740993` and `1.10` stay
// what they are.

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/gu;

/** The tokens of `text` with the white space that it is read best with; `null` when it is no JSON. */
export function tokens(text) {
  try {
    JSON.parse(text);
  } catch {
    return null;
  }
  const found = text.match(TOKEN) ?? [];
  const laid = [];
  let depth = 0;
  const line = () => `\n${"  ".repeat(depth)}`;
  found.forEach((token, at) => {
    const [before, after] = [found[at - 1], found[at + 1]];
    if (token === "}" || token === "]") {
      depth -= 1;
      if (before !== "{" && before !== "[") laid.push(["", line()]);
    }
    laid.push([kind(token, after), token]);
    if (token === "{" || token === "[") {
      depth += 1;
      if (after !== "}" && after !== "]") laid.push(["", line()]);
    } else if (token === ",") laid.push(["", line()]);
    else if (token === ":") laid.push(["", " "]);
  });
  return laid;
}

/** What a token is to a reader, in the classes of listings. */
function kind(token, after) {
  if (token.startsWith('"')) return after === ":" ? "t" : "s";
  return /^[\d-]|^(?:true|false|null)$/.test(token) ? "n" : "";
}

/** `text` with its values in lines; as it is when it is no JSON. */
export const indented = (text) =>
  tokens(text)
    ?.map(([, token]) => token)
    .join("") ?? text;
