// A request -> the same as a command, for what browsers do not let pages do.

const word = (text) => (/^[\w/:.=@%+,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

const METHODS = { GET: "curl", HEAD: "curl --head" };

/** The command. Files are named, not held. */
export function curl({ method, address, headers, body, cookie }) {
  const parts = [`${METHODS[method] ?? `curl --request ${word(method)}`} ${word(address)}`];
  for (const [name, value] of headers) parts.push(`--header ${word(`${name}: ${value}`)}`);
  if (cookie) parts.push(`--cookie ${word(cookie)}`);
  if (typeof body === "string") parts.push(`--data-raw ${word(body)}`);
  else if (body instanceof File) parts.push(`--data-binary ${word(`@${body.name}`)}`);
  else
    for (const [name, value] of body ?? [])
      parts.push(`--form ${word(`${name}=${value instanceof File ? `@${value.name}` : value}`)}`);
  return parts.join(" \\\n  ");
}
