// The panel in which readers try an operation: what they fill in, the request that comes of it, and the answer.

import { makeBody } from "./body.js";
import { makeCredentials } from "./credentials.js";
import { curl } from "./curl.js";
import { button, make, section } from "./element.js";
import { gather, restore } from "./filled.js";
import { makeParameters } from "./parameters.js";
import { compose } from "./request.js";
import { makeSending } from "./sending.js";
import { makeServers } from "./servers.js";
import { openStore } from "./store.js";

/** How long a button says what came of it, in milliseconds. */
const SHOWN_FOR = 1500;

/** Shows the panel for the operation that `form` (`RequestForm` in src/graph) describes in `place`, after its summary. */
export function show(place, form) {
  const store = openStore(form.document);
  const servers = makeServers(form.servers, store);
  const credentials = makeCredentials(form.credentials, store);
  const parameters = makeParameters(form);
  const body = makeBody(form.bodies, form.needs_body, form.method);
  const read = () =>
    compose(form, {
      server: servers.read(),
      credentials: credentials.read(),
      values: parameters.read(),
      accept: parameters.accept(),
      body: body.read(),
    });
  const sending = makeSending(read, parameters.withCookies);
  const request = makeRequest(read, credentials.isShown);
  const inputs = [servers.part, credentials.part, ...parameters.parts, body.part].filter(Boolean);
  const inner = make("form", { autocomplete: "off" }, ...inputs, request.part, ...sending.parts);
  for (const kind of ["input", "change"]) inner.addEventListener(kind, request.show);
  inner.addEventListener("submit", (event) => {
    event.preventDefault();
    sending.send();
  });
  inner.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) inner.requestSubmit();
  });
  request.show();
  const changes = gather(place);
  for (const old of [...place.children].slice(1)) old.remove();
  place.append(inner, sending.answer);
  restore(place, changes);
}

/** The request as it will be sent: `{ part, show }`. */
function makeRequest(read, isOpen) {
  const words = make("pre", { tabindex: "0", "aria-label": "The request as it is sent" });
  const copy = button("Copy as curl", { hidden: !navigator.clipboard });
  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(curl(read()));
      copy.textContent = "Copied";
    } catch (error) {
      copy.textContent = error.name === "NotAllowedError" ? "Not allowed" : "Not complete yet";
    }
    setTimeout(() => (copy.textContent = "Copy as curl"), SHOWN_FOR);
  });
  /** Shows it, or what keeps it from being one. */
  function show() {
    try {
      const request = read();
      const unsent = request.unsent.join(", ");
      words.textContent =
        request.words(isOpen()) + (unsent && `\n\n(Filled in, and kept back by the browser: the cookie ${unsent}.)`);
    } catch (error) {
      words.textContent = error instanceof SyntaxError ? "One of the values is no JSON." : error.message;
    }
  }
  return { part: section("Request", words, make("p", { class: "deeds" }, copy)), show };
}
