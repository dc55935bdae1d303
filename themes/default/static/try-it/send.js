// A request -> the answer, read as it comes.

/** More bytes are not kept. */
const MOST_BYTES = 32 * 1024 * 1024;

/** The header that shows the preview's proxy that a request comes from its own pages. */
const FROM_PANEL = "X-Livedoc-Try-It";

/** What the proxy says itself, in headers of the answer. */
const OWN = "x-livedoc-";

/**
 * Sends `request`. Gives the answer's head as soon as it is there to `seeHead`, each piece of its body to `seePiece`, and in the
 * end all of it. `withCookies`: with those that the browser has for the service.
 */
export async function send(request, { signal, withCookies, seeHead, seePiece }) {
  const headers = new Headers(request.headers);
  if (request.isProxy) {
    headers.set(FROM_PANEL, "1");
    if (request.cookie) headers.set("X-Livedoc-Cookie", request.cookie);
  }
  const start = performance.now();
  const response = await fetch(request.url, {
    method: request.method,
    headers,
    body: request.body,
    signal,
    cache: "no-store",
    referrerPolicy: "no-referrer",
    // Nothing of this browser's goes along unless readers say so; a page of their own site is no exception.
    credentials: withCookies && !request.isProxy ? "include" : "omit",
  });
  const answer = { ...headOf(response, request.isProxy), head: performance.now() - start, bytes: null, isCut: false };
  seeHead(answer);
  const pieces = [];
  let size = 0;
  try {
    for await (const piece of piecesOf(response)) {
      pieces.push(piece);
      size += piece.length;
      seePiece(piece);
      if (size <= MOST_BYTES) continue;
      answer.isCut = true;
      break;
    }
  } catch (error) {
    answer.broken = error;
  }
  return { ...answer, bytes: new Blob(pieces), time: performance.now() - start };
}

async function* piecesOf(response) {
  const reader = response.body?.getReader();
  if (!reader) return;
  try {
    for (let step = await reader.read(); !step.done; step = await reader.read()) yield step.value;
  } finally {
    reader.cancel().catch(() => {});
  }
}

function headOf(response, isProxy) {
  const all = [...response.headers];
  const own = (name) => (isProxy ? response.headers.get(OWN + name) : null);
  // A redirect, which the proxy tells instead of letting the browser follow it: `302 Found`.
  const [, code, words] = /^(\d+) ?(.*)$/.exec(own("status") ?? "") ?? [];
  const isOfService = (name) => !isProxy || !name.startsWith(OWN) || !["status", "failure"].includes(name.slice(OWN.length));
  const headers = all.filter(([name]) => isOfService(name));
  return {
    status: code ? Number(code) : response.status,
    reason: code ? words : response.statusText,
    failure: own("failure"),
    type: response.headers.get("content-type") ?? "",
    headers: headers.map(([name, value]) => [isProxy && name.startsWith(OWN) ? name.slice(OWN.length) : name, value]),
    redirected: response.redirected ? response.url : "",
    isElsewhere: response.type === "cors",
  };
}
