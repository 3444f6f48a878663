/** One part of a `multipart/form-data` body. */
export interface FormPart {
  readonly name: string;
  readonly content: Buffer;
}

/**
 * Takes a form apart (RFC 7578), for the small forms that API clients send.
 * @param contentType the request's header, which names the boundary
 */
export function readMultipart(contentType: string, body: Buffer): FormPart[] {
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (boundary === undefined) return [];
  const parts: FormPart[] = [];
  const mark = Buffer.from(`--${boundary}`);
  let from = body.indexOf(mark);
  while (from !== -1) {
    const next = body.indexOf(mark, from + mark.length);
    if (next === -1) break;
    // Each part stands between line ends.
    const part = body.subarray(from + mark.length + 2, next - 2);
    const split = part.indexOf("\r\n\r\n");
    const head = part.subarray(0, split).toString("utf8");
    const name = /name="([^"]*)"/i.exec(head)?.[1];
    if (split !== -1 && name !== undefined) parts.push({ name, content: part.subarray(split + 4) });
    from = next;
  }
  return parts;
}
