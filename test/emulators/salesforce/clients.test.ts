/** Each operation that docs/fidelity.md names, with the clients that people use. */
import { readdirSync, readFileSync } from "node:fs";
import type { SalesforceEmulator } from "../../../emulators/salesforce/index.ts";
import { clientOperations, clientTable, columns } from "../../support/client-trials.ts";
import { startFixtureOrg } from "../../support/salesforce-org.ts";
import { writtenCommands } from "../../support/written-commands.ts";

let org: SalesforceEmulator;
beforeAll(async () => {
  org = await startFixtureOrg({ streaming: { pollTimeoutMs: 1000 } });
});
afterAll(() => org.close());

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

/** The commands of the Salesforce CLI that tests run: their words up to the first option. */
function commandsOfTests(): Set<string> {
  const folder = "test/emulators/salesforce";
  const files = readdirSync(folder).filter((name) => /^sf-.*\.test\.ts$/.test(name));
  const found = [...files.map((name) => `${folder}/${name}`), "test/support/salesforce-cli.ts"]
    .map((file) => readFileSync(file, "utf8"))
    .flatMap((text) => [...text.matchAll(/\[?(?:"[a-z][a-z-]*",\s*){1,3}/g)])
    .map(([words]) => [...words.matchAll(/"([a-z-]+)"/g)].map(([, word]) => word).join(" "));
  const played = writtenCommands("docs/install.md").map(
    ({ command }) => /^npx sf ([a-z -]+?) -/.exec(command)?.[1] ?? "",
  );
  return new Set([...found, ...played]);
}

test("each command of the table is run by a test", () => {
  const run = commandsOfTests();
  const named = clientOperations.flatMap(({ sf }) => sf?.replace(/ --.*/, "") ?? []);
  expect(named.filter((command) => !run.has(command))).toEqual([]);
});

test("docs/fidelity.md has this table; `npx tsx test/support/write-client-table.ts` writes it", () => {
  expect(squeezed(readFileSync("docs/fidelity.md", "utf8"))).toContain(squeezed(clientTable()));
});

/** Tables are written in columns of one width. */
function squeezed(text: string): string {
  return text.replace(/ +/g, " ").replace(/-{2,}/g, "-");
}
