// A service for the tests of "Try it": it says what it was asked, and lets pages of other sites read that below /open/ only.

import { createServer } from "node:http";

const ALLOWED = {
  "access-control-allow-origin": "*",
  "access-control-allow-methods": "*",
  "access-control-allow-headers": "authorization, content-type, x-key, x-trace",
  "access-control-expose-headers": "x-count",
};
const PIXEL = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

/** Starts it on a free port: `{ url, asked, close }`, where `asked` is every request so far. */
export async function openService() {
  const asked = [];
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString("latin1");
    const { method, url, headers } = request;
    asked.push({ method, url, headers, body });
    const open = url.startsWith("/open/") ? ALLOWED : {};
    const say = (status, type, text) =>
      response.writeHead(status, { ...open, "content-type": type, "x-count": "7" }).end(text);
    if (method === "OPTIONS") return response.writeHead(204, open).end();
    if (url.includes("/picture")) return say(200, "image/png", PIXEL);
    if (url.includes("/html")) return say(200, "text/html", "<h1 id=evil>Hello</h1><script>document.title = 'evil'</script>");
    if (url.includes("/bytes")) return say(200, "application/octet-stream", Buffer.from([0, 1, 2]));
    if (url.includes("/slow")) return setTimeout(() => say(200, "text/plain", "late"), 60_000).unref();
    if (url.includes("/stream"))
      return response.writeHead(200, { ...open, "content-type": "text/event-stream" }).write("data: first\n\n");
    if (url.includes("/away")) return response.writeHead(302, { ...open, location: "/open/html" }).end();
    if (url.includes("/missing")) return say(404, "application/problem+json", '{"title":"None","id":9007199254740993}');
    return say(
      method === "POST" ? 201 : 200,
      "application/json",
      JSON.stringify({ method, url, body, key: headers["x-key"] ?? null }),
    );
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    asked,
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
