/** A request's body as it was signed: whole, uncompressed, and no larger than a webhook may be. */
import type { IncomingMessage } from "node:http";
import type { Readable } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import type { RefusalReason } from "../../model/answers/door.ts";

/** Bodies are usually below 20 kB (Standard Webhooks, "Payload size"). */
const maxBytes = 256 * 1_024;

const decoders = {
  gzip: createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
} as const;

/** @returns the body, or why there is none; null: the sender has gone */
export function readBody(request: IncomingMessage): Promise<Buffer | RefusalReason | null> {
  const encoding = (request.headers["content-encoding"] ?? "identity").toLowerCase();
  const announced = Number(request.headers["content-length"] ?? 0);
  if (encoding === "identity") {
    return announced > maxBytes ? Promise.resolve("too_large") : collect(request, request);
  }
  if (!(encoding in decoders)) return Promise.resolve("encoding");
  const decoder = decoders[encoding as keyof typeof decoders]();
  return collect(request, request.pipe(decoder)).finally(() => decoder.destroy());
}

function collect(request: IncomingMessage, body: Readable): Promise<Buffer | RefusalReason | null> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const end = (outcome: Buffer | RefusalReason | null) => {
      chunks.length = 0;
      resolve(outcome);
    };
    body.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > maxBytes) end("too_large");
      else chunks.push(chunk);
    });
    body.on("end", () => end(chunks.length === 1 ? (chunks[0] ?? null) : Buffer.concat(chunks)));
    body.on("error", () => end(request.destroyed && !request.complete ? null : "request"));
    request.on("close", () => {
      if (!request.complete) end(null);
    });
  });
}
