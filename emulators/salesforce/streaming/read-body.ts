import type { IncomingMessage } from "node:http";

/** The Streaming API takes no larger request. */
const requestLimitBytes = 32_768;

export class RequestTooLarge extends Error {}

/** @throws RequestTooLarge */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk as Uint8Array);
    size += bytes.length;
    if (size > requestLimitBytes)
      throw new RequestTooLarge("The request is larger than 32768 bytes.");
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString("utf8");
}
