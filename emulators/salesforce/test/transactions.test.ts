/** The org without HTTP, as code that runs in it uses it. */
import { RequestError, saveError } from "../data/errors.ts";
import { toId18 } from "../data/ids.ts";
import { Org } from "../data/org.ts";
import { insertRecords, updateRecords } from "../data/save.ts";
import type { PendingEvent, Trigger, TriggerInvocation } from "../data/org.ts";
import { createIdentity, defaultOrgId, seedOrg } from "../setup/identity.ts";
import { fixtureSource } from "./support/salesforce-org.ts";

const identity = createIdentity(defaultOrgId);
const { userId } = identity.person;
let org: Org;
let published: PendingEvent[];

beforeEach(() => {
  org = new Org({ sourceDirs: fixtureSource, now: () => new Date("2026-03-01T00:00:00Z") });
  seedOrg(org, identity);
  published = [];
  org.onEvents = (events) => void published.push(...events);
});

function onCampaign(run: (invocation: TriggerInvocation) => void): void {
  const trigger: Trigger = { name: "TestTrigger", objectName: "Campaign", run };
  org.triggers.push(trigger);
}

function insert(names: readonly string[], allOrNone = false) {
  return org.transact(userId, (transaction) =>
    insertRecords(
      transaction,
      "Campaign",
      names.map((Name) => ({ Name })),
      { allOrNone },
    ),
  );
}

function campaignNames(): unknown[] {
  return [...org.store.rows("Campaign")].map((row) => row.Name);
}

test("triggers run before and after, 200 rows at a time", () => {
  const seen: string[] = [];
  onCampaign(
    ({ timing, operation, rows }) => void seen.push(`${timing} ${operation} ${rows.length}`),
  );
  insert(Array.from({ length: 450 }, (_, n) => `C${n}`));
  expect(seen).toEqual([
    ...["before insert 200", "after insert 200", "before insert 200", "after insert 200"],
    ...["before insert 50", "after insert 50"],
  ]);
});

test("a before-trigger may change what is saved", () => {
  onCampaign(({ timing, rows }) => {
    if (timing === "before")
      for (const row of rows) row.after!.Secret__c = `by trigger: ${String(row.after!.Name)}`;
  });
  insert(["A"]);
  expect([...org.store.rows("Campaign")][0]).toMatchObject({ Secret__c: "by trigger: A" });
});

test("a row refused in an after-trigger takes nothing of its chunk's events along", () => {
  onCampaign(({ timing, rows, transaction }) => {
    if (timing === "before") return;
    transaction.publish("Sample_Signal__e", { Kind__c: rows.map((row) => row.after!.Name).join() });
    for (const row of rows) if (row.after!.Name === "Bad") row.addError(saveError("X", "refused"));
  });
  const results = insert(["A", "Bad", "B"]);
  expect(results.map((result) => result.success)).toEqual([true, false, true]);
  expect(campaignNames()).toEqual(["A", "B"]);
  expect(published.map((event) => event.payload.Kind__c)).toEqual(["A,B"]);
});

test("a trigger that throws refuses every row of its invocation", () => {
  onCampaign(() => {
    throw new Error("System.NullPointerException: Attempt to de-reference a null object");
  });
  expect(insert(["A"])).toMatchObject([
    {
      success: false,
      errors: [
        {
          statusCode: "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY",
          message: expect.stringMatching(
            /^TestTrigger: execution of BeforeInsert\n\ncaused by: System\.NullPointer/,
          ) as string,
        },
      ],
    },
  ]);
  expect(campaignNames()).toEqual([]);
});

test("all or none leaves no rows and no events", () => {
  onCampaign(({ timing, transaction }) => {
    if (timing === "after") transaction.publish("Sample_Signal__e", { Kind__c: "x" });
  });
  expect(insert(["A", ""], true).map((result) => result.success)).toEqual([false, false]);
  expect(campaignNames()).toEqual([]);
  expect(published).toEqual([]);
});

test("events leave after the commit, with the writer as their creator", () => {
  org.transact(userId, (transaction) => {
    transaction.publish("Sample_Signal__e", { Kind__c: "x" });
    expect(published).toEqual([]);
  });
  expect(published).toMatchObject([{ createdById: userId, payload: { Kind__c: "x" } }]);
});

test("work that throws is undone whole", () => {
  insert(["Stays"]);
  const { Id } = [...org.store.rows("Campaign")][0]!;
  const work = () =>
    org.transact(userId, (transaction) => {
      updateRecords(transaction, "Campaign", [{ Id, Name: "Changed", Code__c: "k" }], {
        allOrNone: true,
      });
      insertRecords(transaction, "Campaign", [{ Name: "New" }], { allOrNone: true });
      transaction.publish("Sample_Signal__e", { Kind__c: "x" });
      throw new RequestError("TEST", "stop");
    });
  expect(work).toThrow("stop");
  expect(campaignNames()).toEqual(["Stays"]);
  expect(published).toEqual([]);
  // The index of the unique field was taken back as well.
  expect(org.store.idsByValue("Campaign", "Code__c", "k")).toEqual([]);
});

test("a part of a transaction can be taken back", () => {
  org.transact(userId, (transaction) => {
    insertRecords(transaction, "Campaign", [{ Name: "First" }], { allOrNone: true });
    const savepoint = transaction.savepoint();
    insertRecords(transaction, "Campaign", [{ Name: "Second" }], { allOrNone: true });
    transaction.rollbackTo(savepoint);
  });
  expect(campaignNames()).toEqual(["First"]);
});

test("code in system mode writes fields that the user can't see", () => {
  const { userId: integration } = identity.integration;
  const [result] = org.transact(integration, (transaction) =>
    insertRecords(transaction, "Campaign", [{ Name: "A", Secret__c: "s" }], {
      allOrNone: true,
      mode: "system",
    }),
  );
  expect(result).toMatchObject({ success: true });
});

test.each([
  ["701Dm0000000001", "701Dm0000000001IAA"],
  ["00DDm0000001EMU", "00DDm0000001EMUMA2"],
  ["00ddm0000001emuMA2", "00DDm0000001EMUMA2"],
  ["701Dm0000000001AA9", null],
  ["short", null],
])("the Id %s has the long form %s", (given, id18) => {
  expect(toId18(given)).toBe(id18);
});
