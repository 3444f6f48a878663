/** The journal's files: whatever a crash leaves behind, what was durable is read, once and in order. */
import { execFileSync } from "node:child_process";
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { noFailpoint } from "../../../middleware/runtime/failpoints.ts";
import { createLog } from "../../../middleware/runtime/log.ts";
import type { KeptWebhook } from "../../../middleware/store/inbox/inbox.ts";
import { JournalReader } from "../../../middleware/store/inbox/journal-reader.ts";
import { JournalWriter } from "../../../middleware/store/inbox/journal-writer.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "event-info-sync-journal-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const webhook = (nth: number, length = 100): KeptWebhook => ({
  id: `msg_${nth}`,
  receivedAt: 1_800_000_000_000 + nth,
  body: JSON.stringify({ nth, text: "ü".repeat(length) }),
});
const open = (maxWaitingBytes = 1e9) => {
  const reader = new JournalReader({
    folder,
    log: createLog("silent"),
    onFailpoint: noFailpoint,
  });
  const { marks } = reader;
  const parts = { folder, marks, maxWaitingBytes, onFailpoint: noFailpoint };
  return { reader, writer: new JournalWriter(parts) };
};
const readAll = async (reader: JournalReader) => {
  const all: KeptWebhook[] = [];
  while (reader.mayWait()) {
    all.push(...(await reader.take(null, 7)));
    reader.taken();
  }
  return all;
};
const onlyFile = () => join(folder, readdirSync(folder)[0] ?? "");

test("what was appended is read in its order, by this process and the next", async () => {
  const { reader, writer } = open();
  const [first, second, third] = [webhook(1), webhook(2), webhook(3)];
  await writer.append([first, second]);
  expect(await reader.take(null, 1)).toEqual([first]);
  // A transaction that is repeated takes the same.
  expect(await reader.take(null, 1)).toEqual([first]);
  reader.taken();
  await writer.append([third]);
  expect(await reader.waiting()).toEqual({ count: 2, oldestAt: second.receivedAt });
  await writer.close();
  const next = open();
  expect((await next.reader.waiting()).count).toBe(3);
  expect(await readAll(next.reader)).toEqual([first, second, third]);
});

test("nobody else may read it, and an orderly end leaves nothing behind", async () => {
  const { reader, writer } = open();
  await writer.append([webhook(1)]);
  expect(statSync(onlyFile()).mode & 0o777).toBe(0o600);
  await readAll(reader);
  await writer.close();
  reader.close();
  expect(readdirSync(folder)).toEqual([]);
});

test("what is not applied at the end stays", async () => {
  const { reader, writer } = open();
  await writer.append([webhook(1)]);
  await writer.close();
  reader.close();
  expect(await readAll(open().reader)).toEqual([webhook(1)]);
});

test("drained segments are deleted while it is written", async () => {
  const { reader, writer } = open();
  const all = Array.from({ length: 60 }, (_, nth) => webhook(nth, 50_000));
  const read: KeptWebhook[] = [];
  for (const each of all) {
    await writer.append([each]);
    read.push(...(await readAll(reader)));
    expect(readdirSync(folder).length).toBeLessThanOrEqual(1);
  }
  expect(read).toEqual(all);
});

test("torn off at any byte: all that is whole before it is read", async () => {
  const { writer } = open();
  const all = [webhook(1, 10), webhook(2, 10), webhook(3, 10)];
  const ends: number[] = [];
  for (const each of all) {
    await writer.append([each]);
    ends.push(statSync(onlyFile()).size);
  }
  await writer.close();
  const whole = readFileSync(onlyFile());
  const file = onlyFile();
  for (let bytes = whole.length; bytes >= 0; bytes -= 1) {
    writeFileSync(file, whole);
    truncateSync(file, bytes);
    const { reader, writer: next } = open();
    const expected = all.filter((_, nth) => (ends[nth] ?? 0) <= bytes);
    await next.append([webhook(9)]);
    expect(await readAll(reader)).toEqual([...expected, webhook(9)]);
    await next.close();
    reader.close();
  }
});

test.each([
  [
    "zeros, as a power cut leaves them",
    (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc(99)]),
  ],
  [
    "a bit that has turned",
    (bytes: Buffer) => {
      bytes[bytes.length - 2]! ^= 1;
      return bytes;
    },
  ],
])("an end of %s is known for what it is", async (_name, spoil) => {
  const { writer } = open();
  await writer.append([webhook(1)]);
  const end = statSync(onlyFile()).size;
  await writer.append([webhook(2)]);
  await writer.close();
  const file = onlyFile();
  const spoilt = spoil(readFileSync(file));
  writeFileSync(file, spoilt);
  const read = await readAll(open().reader);
  expect(read[0]).toEqual(webhook(1));
  expect(read.length).toBe(spoilt.length > 2 * end ? 2 : 1);
});

test("so many bytes wait that it is full; once they are drained it is not", async () => {
  const { reader, writer } = open(1_000);
  await writer.append([webhook(1, 1_000)]);
  expect(writer.isFull()).toBe(true);
  await readAll(reader);
  expect(writer.isFull()).toBe(false);
});

test("the disk is full in the middle of a record: what was durable stays, and it goes on", async () => {
  // A limit of the system on the size of files, which only a process of its own may meet.
  const program = `
    import { JournalReader } from "./middleware/store/inbox/journal-reader.ts";
    import { JournalWriter } from "./middleware/store/inbox/journal-writer.ts";
    const folder = process.argv[1];
    const log = { info() {}, warn() {} };
    const { marks } = new JournalReader({ folder, log, onFailpoint() {} });
    const writer = new JournalWriter({ folder, marks, maxWaitingBytes: 1e9, onFailpoint() {} });
    const durable = [];
    let failures = 0;
    for (let nth = 0; failures < 3; nth += 1) {
      const kept = { id: "msg_" + nth, receivedAt: 1, body: "x".repeat(10_000) };
      await writer.append([kept]).then(() => durable.push(kept.id), () => (failures += 1));
    }
    process.stdout.write(JSON.stringify(durable));
  `;
  const command = 'ulimit -f 64; exec "$0" --import tsx --input-type=module -e "$1" "$2"';
  const out = execFileSync("bash", ["-c", command, process.execPath, program, folder]);
  const durable = JSON.parse(out.toString()) as string[];
  expect(durable.length).toBeGreaterThan(9);
  const read = (await readAll(open().reader)).map(({ id }) => id);
  expect(read).toEqual(durable);
});
