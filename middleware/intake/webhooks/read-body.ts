/** A request's body as it was signed: whole, uncompressed, and no larger than a webhook may be. */
import type { IncomingMessage } from "node:http";
import type { Readable } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import type { RefusalReason } from "../../model/answers/door.ts";

/** Bodies are usually below 20 kB (Standard Webhooks, "Payload size"). */
const maxBodyBytes = 256 * 1_024;

const decoders = {
  gzip: createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
} as const;

/**
 * @param onBytes told of each part that has come
 * @returns the body, or why there is none; null: the sender has gone
 */
export function readBody(
  request: IncomingMessage,
  onBytes: (count: number) => void,
): Promise<Buffer | RefusalReason | null> {
  const encoding = (request.headers["content-encoding"] ?? "identity").toLowerCase();
  const announced = Number(request.headers["content-length"] ?? 0);
  if (encoding === "identity") {
    return announced > maxBodyBytes
      ? Promise.resolve("too_large")
      : collect(request, request, onBytes);
  }
  if (!(encoding in decoders)) return Promise.resolve("encoding");
  const decoder = decoders[encoding as keyof typeof decoders]();
  return collect(request, request.pipe(decoder), onBytes).finally(() => decoder.destroy());
}

function collect(
  request: IncomingMessage,
  body: Readable,
  onBytes: (count: number) => void,
): Promise<Buffer | RefusalReason | null> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    let ended = false;
    const end = (outcome: Buffer | RefusalReason | null) => {
      ended = true;
      chunks.length = 0;
      resolve(outcome);
    };
    body.on("data", (chunk: Buffer) => {
      if (ended) return;
      bytes += chunk.length;
      onBytes(chunk.length);
      if (bytes > maxBodyBytes) end("too_large");
      else chunks.push(chunk);
    });
    body.on("end", () => end(chunks.length === 1 ? (chunks[0] ?? null) : Buffer.concat(chunks)));
    body.on("error", () => end(request.destroyed && !request.complete ? null : "request"));
    request.on("close", () => {
      if (!request.complete) end(null);
    });
  });
}
