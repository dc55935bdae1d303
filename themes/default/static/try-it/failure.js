// A request that failed -> why, in plain words. A browser tells pages no more than that it failed, so what can be told is told
// from what was asked, from what the page is, and from whether the service can be reached at all.

import { asksFirst } from "./forbidden.js";

/** How long a service that may be gone is waited for. */
const PATIENCE = 5_000;

const isLoopback = ({ hostname }) => /^(?:localhost|.*\.localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);

/** Paragraphs about why `request` failed. `isForbidden`: by a policy of this site. */
export async function explain(request, { isForbidden, withCookies }) {
  const { url } = request;
  if (isForbidden) {
    const policy = `This site’s own Content-Security-Policy lets its pages send nothing to ${url.origin}.`;
    return [policy, "Whoever runs the site can allow that in “connect-src”."];
  }
  if (location.protocol === "https:" && url.protocol === "http:" && !isLoopback(url)) {
    return [
      `This page came over https, and a browser lets such a page send nothing over plain http (mixed content).`,
      `${url.origin} was not asked at all.`,
      "Use the https address of the service, if it has one.",
    ];
  }
  if (!navigator.onLine && !isLoopback(url)) return ["This browser is offline."];
  if (request.isProxy) return ["The preview does not answer. Has it ended?"];
  if (url.origin === location.origin) return [`${url.origin}, where this page comes from, does not answer, or breaks off.`];
  const isThere = await answers(url);
  if (!isThere) {
    return [
      `Nothing answers at ${url.origin}, as far as a browser can tell.`,
      "The name may be wrong, the service down, its certificate not trusted, or something between may block it.",
      ...others(),
    ];
  }
  const { method, headers } = asksFirst(request);
  const done = "The request itself has reached the service, which may have carried it out.";
  return [
    `${url.origin} can be reached, but lets no page of ${location.origin} read its answer (CORS). That is the service’s choice.`,
    ...(method || headers.length ? [] : [done]),
    needed({ method, headers }, withCookies),
    ...others(),
  ];
}

/** Whether anything answers there. What it says cannot be seen, and it is told nothing. */
async function answers(url) {
  try {
    const quietly = { mode: "no-cors", credentials: "omit", cache: "no-store", referrerPolicy: "no-referrer" };
    await fetch(new URL("/", url), { method: "HEAD", signal: AbortSignal.timeout(PATIENCE), ...quietly });
    return true;
  } catch {
    return false;
  }
}

/** What the service would have to send. */
function needed({ method, headers }, withCookies) {
  const lines = [`Access-Control-Allow-Origin: ${location.origin}`];
  if (withCookies) lines.push("Access-Control-Allow-Credentials: true");
  const asked = [];
  if (method) asked.push(`Access-Control-Allow-Methods: ${method}`);
  if (headers.length) asked.push(`Access-Control-Allow-Headers: ${headers.join(", ")}`);
  const answer = `To allow it, the service has to send with its answers: ${lines.join("; ")}.`;
  if (!asked.length) return answer;
  const before = "The browser asks before it sends this request (OPTIONS), and wants also with the answer to that";
  return `${answer} ${before}: ${asked.join("; ")}.`;
}

/** What else readers can do. */
function others() {
  const ways = ["Programs other than browsers are not held to this: copy the request as a curl command."];
  if (document.querySelector("script[data-proxy]")) {
    ways.unshift("For the preview’s proxy, which can be chosen as the server, none of this matters.");
  } else if (document.querySelector("script[data-seen]")) {
    ways.unshift(
      "For a service on this machine, start the preview with “livedoc serve --try-it-proxy http://127.0.0.1:PORT”: " +
        "none of this matters then.",
    );
  }
  return ways;
}
