// What readers filled in, as long as the tab is open: the same for all operations of a specification. It is never in an
// address, and nothing outlives the tab.

/** What is kept for the specification `name`, by key. */
export function openStore(name) {
  // Several sites may stand at one origin.
  const place = `livedoc-try-it ${new URL(document.documentElement.dataset.root).pathname} ${name}`;
  const read = () => {
    try {
      return JSON.parse(sessionStorage.getItem(place)) ?? {};
    } catch {
      return {};
    }
  };
  return {
    get: (key) => read()[key],
    set(key, value) {
      try {
        sessionStorage.setItem(place, JSON.stringify({ ...read(), [key]: value }));
      } catch {
        // Storage may be forbidden; it is filled in anew on each page then.
      }
    },
    clear(key) {
      this.set(key, undefined);
    },
  };
}
