// What a browser lets no page send: Fetch, "forbidden request-header".

const NAMES = new Set([
  "accept-charset",
  "accept-encoding",
  "access-control-request-headers",
  "access-control-request-method",
  "connection",
  "content-length",
  "cookie",
  "cookie2",
  "date",
  "dnt",
  "expect",
  "host",
  "keep-alive",
  "origin",
  "referer",
  "set-cookie",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "via",
]);

/** Whether a page cannot set the header `name`. */
export const isForbidden = (name) => NAMES.has(name.toLowerCase()) || /^(?:proxy-|sec-)/i.test(name);

/** Whether `name` is one that a header can have. */
export const isHeaderName = (name) => /^[!#$%&'*+\-.^_`|~\w]+$/.test(name);

/** Headers that a page may send elsewhere without asking first: Fetch, "CORS-safelisted request-header". */
const SAFE = new Set(["accept", "accept-language", "content-language"]);
const SAFE_TYPES = ["application/x-www-form-urlencoded", "multipart/form-data", "text/plain"];

/** What a service has to allow before a browser sends `request` from another origin: nothing for plain requests. */
export function asksFirst({ method, headers }) {
  const isSafe = ([name, value]) => {
    const lower = name.toLowerCase();
    return SAFE.has(lower) || (lower === "content-type" && SAFE_TYPES.includes(value.split(";")[0].trim().toLowerCase()));
  };
  return {
    method: ["GET", "HEAD", "POST"].includes(method) ? null : method,
    headers: headers.filter((header) => !isSafe(header)).map(([name]) => name.toLowerCase()),
  };
}
