/**
 * A segment of the journal: records one after the other, each with its length and CRC-32, so that
 * the end that a crash tore off is known for what it is.
 */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import type { KeptWebhook } from "./inbox.ts";

/** Length and CRC-32 of what follows, four bytes each. */
const headBytes = 8;
/** Time of arrival (double) and length of the id (four bytes), before the id and the body. */
const fixedBytes = 12;
/** Above all that is accepted: bodies of 256 kB, each byte of which may become three. */
export const maxRecordBytes = 1_048_576;

export function encodeRecord({ id, receivedAt, body }: KeptWebhook): Buffer {
  const idBytes = Buffer.byteLength(id);
  const record = Buffer.allocUnsafe(headBytes + fixedBytes + idBytes + Buffer.byteLength(body));
  record.writeDoubleLE(receivedAt, headBytes);
  record.writeUInt32LE(idBytes, headBytes + 8);
  record.write(id, headBytes + fixedBytes);
  record.write(body, headBytes + fixedBytes + idBytes);
  record.writeUInt32LE(record.length - headBytes, 0);
  record.writeUInt32LE(crc32(record.subarray(headBytes)), 4);
  return record;
}

/** @returns the record at `at` and where the next begins; null: there is no whole one */
export function decodeRecord(bytes: Buffer, at: number): { kept: KeptWebhook; end: number } | null {
  const start = at + headBytes;
  if (start > bytes.length) return null;
  const end = start + bytes.readUInt32LE(at);
  if (end < start + fixedBytes || end > bytes.length) return null;
  if (crc32(bytes.subarray(start, end)) !== bytes.readUInt32LE(at + 4)) return null;
  const bodyAt = start + fixedBytes + bytes.readUInt32LE(start + 8);
  const id = bytes.toString("utf8", start + fixedBytes, bodyAt);
  const body = bytes.toString("utf8", bodyAt, end);
  return { kept: { id, receivedAt: bytes.readDoubleLE(start), body }, end };
}

/** The version stands in the name: another one is for another program. */
const name = /^(\d{8})\.v1$/;

export function segmentFile(folder: string, segment: number): string {
  return join(folder, `${String(segment).padStart(8, "0")}.v1`);
}

/** The numbers of the segments that are there, the oldest first. */
export function segmentsIn(folder: string): number[] {
  const numbers = readdirSync(folder).flatMap((file) => name.exec(file)?.[1] ?? []);
  return numbers.map(Number).sort((one, other) => one - other);
}
