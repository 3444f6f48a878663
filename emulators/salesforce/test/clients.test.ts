/** Each operation that the README names, with the clients that people use. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { SalesforceEmulator } from "../index.ts";
import { clientList, clientOperations, columns } from "./support/client-trials.ts";
import { describeWithCli } from "./support/salesforce-cli.ts";
import { startFixtureOrg } from "./support/salesforce-org.ts";
import { setUpSfDesk, type SfDesk } from "./support/sf-trials.ts";

jest.setTimeout(120_000);

let org: SalesforceEmulator;
beforeAll(async () => {
  org = await startFixtureOrg({ streaming: { pollTimeoutMs: 1000 } });
});
afterAll(() => org.close());

const commands = clientOperations.flatMap(({ operation, sf }) =>
  sf === undefined ? [] : [{ operation, ...sf }],
);

describeWithCli("with the Salesforce CLI", () => {
  let desk: SfDesk;
  beforeAll(async () => {
    desk = await setUpSfDesk(org, mkdtempSync(path.join(os.tmpdir(), "sf-desk-")));
  });
  afterAll(() => rmSync(desk.folder, { recursive: true, force: true }));

  test.each(commands)("sf $command: $operation", async ({ answer, ...trial }) => {
    expect(await trial.run(desk)).toMatchObject(answer);
  });
});

const trials = clientOperations.flatMap((row) =>
  columns.flatMap((client) => {
    const run = client === "sf" ? undefined : row[client];
    return run === undefined ? [] : [{ ...row, client, run }];
  }),
);

test.each(trials.filter(({ refused }) => refused === undefined))(
  "$client: $operation",
  async ({ run }) => {
    await expect(run(org).then(() => "works")).resolves.toBe("works");
  },
);

test.each(trials.filter(({ refused }) => refused !== undefined))(
  "$client: $operation is refused",
  async ({ run, refused = "" }) => {
    // faye's errors are none of JavaScript's.
    const message = expect.stringContaining(refused) as unknown;
    await expect(run(org)).rejects.toMatchObject({ message });
  },
);

test("the README has this list; with WRITE_DOCS=1 this test writes it", () => {
  const file = "emulators/salesforce/README.md";
  const text = readFileSync(file, "utf8");
  const list = `${clientList()}\n`;
  if (process.env["WRITE_DOCS"] === "1") {
    writeFileSync(
      file,
      text.replace(/(- (sf|jsforce|faye|cometd): [^\n]*\n)+/, () => list),
    );
  }
  expect(readFileSync(file, "utf8")).toContain(list);
});
