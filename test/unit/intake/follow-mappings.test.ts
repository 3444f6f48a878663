/** A node whose mappings another node has changed: when it reads them anew, and when it does not. */
import { createFollowMappings } from "../../../middleware/intake/mappings/follow-mappings.ts";
import { writeCheckpoint } from "../../../middleware/store/intake/checkpoints.ts";
import type {
  ActiveMappings,
  MappingsSnapshot,
} from "../../../middleware/sync/mappings/active-mappings.ts";
import { storeForEachTest } from "../../support/each-engine.ts";

const store = storeForEachTest("postgres");

/** A node that sees `seen` in Salesforce whenever it reads. */
function nodeThatHas(fingerprint: string) {
  const snapshot = () => ({ fingerprint }) as MappingsSnapshot;
  const node = { seen: fingerprint, reads: 0 };
  const mappings = {
    last: snapshot,
    follow() {
      node.reads += 1;
      fingerprint = node.seen;
      return Promise.resolve(snapshot());
    },
  } as Partial<ActiveMappings> as ActiveMappings;
  const parts = { database: store(), mappings, onMappingsChanged: () => undefined };
  return { node, follow: createFollowMappings(parts) };
}

const take = (fingerprint: string) =>
  store().write((trx) => writeCheckpoint(trx, "mappings_taken", fingerprint, 1));

test("others are read once, before the links that go by them", async () => {
  const { node, follow } = nodeThatHas("on");
  await take("off");
  node.seen = "off";
  await follow();
  await follow();
  expect(node.reads).toBe(1);
});

test("of two versions that see one mapping differently each follows the other once", async () => {
  const { node, follow } = nodeThatHas("as this version sees it");
  await take("as that version sees it");
  await follow();
  await follow();
  expect(node.reads).toBe(1);
});

test("switched off, on again before it was read, and off once more: it is read for each off", async () => {
  const { node, follow } = nodeThatHas("on");
  await take("off");
  await follow();
  await take("on");
  await follow();
  await take("off");
  node.seen = "off";
  await follow();
  expect(node.reads).toBe(2);
});
