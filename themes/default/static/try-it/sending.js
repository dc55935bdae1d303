// Sending a request, one at a time, and what comes of it.

import { makeAnswer } from "./answer.js";
import { button, make } from "./element.js";
import { explain } from "./failure.js";
import { send } from "./send.js";

/** A policy that forbids a request is told of a moment after the request fails. In milliseconds. */
const MOMENT = 50;

/** Buttons and the line that says how it goes, `parts`; the place of the `answer`; and `send`, which sends what `read` gives. */
export function makeSending(read, withCookies) {
  const go = make("button", { type: "submit", class: "send" }, "Send");
  const cancel = button("Cancel", { hidden: true });
  const state = make("p", { role: "status" });
  const place = make("div", { class: "answer" });
  const answer = makeAnswer(place);
  let running = null;
  cancel.addEventListener("click", () => running?.abort());

  function isBusy(busy) {
    const hadFocus = document.activeElement === cancel;
    go.setAttribute("aria-disabled", String(busy));
    cancel.hidden = !busy;
    if (hadFocus && !busy) go.focus();
  }

  /** Says in a line how the request ended, and shows the rest. */
  async function receive(request, cookies) {
    const { signal } = running;
    const violations = [];
    const hear = ({ effectiveDirective }) => violations.push(effectiveDirective);
    document.addEventListener("securitypolicyviolation", hear);
    try {
      const received = await send(request, { signal, withCookies: cookies, ...answer });
      if (!received.failure) return await answer.seeAll({ ...received, path: request.url.pathname });
      answer.clear();
      return await received.bytes.text();
    } catch (error) {
      if (signal.aborted) return "Cancelled.";
      if (!(error instanceof TypeError)) return error.message;
      state.textContent = "It failed; looking why…";
      await new Promise((done) => setTimeout(done, MOMENT));
      const [first, ...others] = await explain(request, {
        isForbidden: violations.includes("connect-src"),
        withCookies: cookies,
      });
      place.replaceChildren(...others.map((words) => make("p", {}, words)));
      return `No answer. ${first}`;
    } finally {
      document.removeEventListener("securitypolicyviolation", hear);
    }
  }

  return {
    parts: [make("p", { class: "actions" }, go, " ", cancel), state],
    answer: place,
    async send() {
      if (running) return;
      answer.clear();
      let request;
      try {
        request = read();
      } catch (error) {
        state.textContent = error.message;
        return;
      }
      running = new AbortController();
      isBusy(true);
      state.textContent = "Sending…";
      state.textContent = await receive(request, withCookies());
      running = null;
      isBusy(false);
    },
  };
}
