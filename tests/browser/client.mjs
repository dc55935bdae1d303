// The theme's search module. Browsers know it for a module by how the page includes it; Node must be told.
import { readFileSync } from "node:fs";

const source = readFileSync(new URL("../../themes/default/static/search.js", import.meta.url), "utf8");
const client = await import(`data:text/javascript,${encodeURIComponent(source)}`);
export const { isOneLetterOff, key, openIndex, OutdatedError, over, plain, tokens, words } = client;
