/** The command line as an operator uses it: the built program beside running systems. */
import { buildMiddleware, runMiddleware } from "../../scripts/support/middleware-process.ts";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { circaAdmin } from "../support/circa-admin.ts";
import { startSync, type RunningSync } from "../support/running-sync.ts";

let sync: RunningSync;
let folder: string;

beforeAll(async () => {
  buildMiddleware();
  folder = mkdtempSync(join(tmpdir(), "event-info-sync-"));
  sync = await startSync({ links: 2 });
  await sync.settled();
});

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await sync.close();
});

/** In an empty folder, with nothing but these variables. */
const run = (args: readonly string[], env = sync.environment()) => runMiddleware(args, env, folder);

async function findings(env: Record<string, string>) {
  const { code, stdout } = await run(["check", "--json"], env);
  const { ok, findings: found } = JSON.parse(stdout) as {
    ok: boolean;
    findings: { check: string; outcome: string; text: string; fix: string | null }[];
  };
  return { code, ok, found };
}

test("it tells its version and how it is used", async () => {
  expect(await run(["--version"], {})).toMatchObject({ code: 0, stdout: "0.1.0\n" });
  const help = await run(["--help"], {});
  expect(help.code).toBe(0);
  for (const word of ["start", "status", "check", "--take-over", ".env", "Examples:"]) {
    expect(help.stdout).toContain(word);
  }
  const unknown = await run(["strat"], {});
  expect(unknown.code).toBe(1);
  expect(unknown.stderr).toContain("start");
});

test("status: the running service's own answer, ready or with the reason", async () => {
  const { code, stdout } = await run(["status"]);
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: expect.stringMatching(/ready +yes\n.*Salesforce +calls go through\n/s) as string,
  });
  const json = await run(["status", "--json"]);
  expect(JSON.parse(json.stdout)).toMatchObject({ ready: true, status: { links: 2 } });
  const stranger = await run(["status"], { ...sync.environment(), ADMIN_TOKEN: "x".repeat(20) });
  expect(stranger).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("ADMIN_TOKEN") as string,
  });
  const another = await run(["status", "--url", sync.circa.url]);
  expect(another).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/Another service answers/) as string,
  });
  const nobody = await run(["status", "--url", "http://127.0.0.1:9"]);
  expect(nobody).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("No service answers") as string,
  });
});

describe("check", () => {
  test("all is well: it says so, and has written nothing", async () => {
    const before = await circaAdmin(sync).requests();
    const { code, stdout } = await run(["check"]);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: expect.stringMatching(/ok +webhook: .*\n\nReady to start/) as string,
    });
    const after = await circaAdmin(sync).requests();
    const asked = Object.keys(after).filter((call) => after[call] !== before[call]);
    expect(asked.filter((call) => !call.startsWith("GET "))).toEqual([]);
  });

  test.each([
    ["no settings", () => ({}), "settings", /SALESFORCE_CLIENT_ID is not set/],
    [
      "a key file that is not there",
      (env) => ({ ...env, SALESFORCE_PRIVATE_KEY_FILE: "nowhere.pem" }),
      "settings",
      /SALESFORCE_PRIVATE_KEY_FILE can't be used/,
    ],
    [
      "a user that may not sign in",
      (env) => ({ ...env, SALESFORCE_USERNAME: "nobody@northlark.example" }),
      "Salesforce sign-in",
      /user|grant|approved/i,
    ],
    [
      "nobody at Salesforce's address",
      (env) => ({ ...env, SALESFORCE_LOGIN_URL: "http://127.0.0.1:19" }),
      "Salesforce sign-in",
      /no answer/,
    ],
    [
      "a wrong key for Circa",
      (env) => ({ ...env, CIRCA_API_KEY: "wrong-api-key" }),
      "Circa sign-in",
      /401|key/i,
    ],
  ] satisfies [string, (env: Record<string, string>) => Record<string, string>, string, RegExp][])(
    "%s",
    async (_name, change, name, reason) => {
      const { code, ok, found } = await findings(change(sync.environment()));
      expect({ code, ok }).toEqual({ code: 1, ok: false });
      const bad = found.filter(({ outcome }) => outcome === "failed");
      expect(bad).toEqual([
        expect.objectContaining({ check: name, fix: expect.any(String) as string }),
      ]);
      expect(bad[0]!.text).toMatch(reason);
    },
  );

  test("no webhook registered for this address: a warning with what to do", async () => {
    const env = { ...sync.environment(), PUBLIC_URL: "https://elsewhere.example" };
    const { code, found } = await findings(env);
    expect(code).toBe(0);
    expect(found).toContainEqual(
      expect.objectContaining({
        check: "webhook",
        outcome: "warning",
        fix: expect.any(String) as string,
      }),
    );
  });
});

test(".env is read, the environment wins, and names that nothing reads are told", async () => {
  const { ADMIN_TOKEN, HOST, PORT, ...rest } = sync.environment();
  const lines = {
    ...rest,
    ADMIN_TOKEN,
    HOST,
    PORT: "9",
    CIRCA_API_KY: "a-secret-value",
    COLOUR: "1",
  };
  const file = Object.entries(lines).map(([name, value]) => `${name}=${value ?? ""}`);
  writeFileSync(join(folder, ".env"), file.join("\n"));
  try {
    const { code, stderr } = await run(["status"], { PORT: PORT ?? "" });
    expect(code).toBe(0);
    expect(stderr).toContain("CIRCA_API_KY (in .env) is not a setting of this service");
    expect(stderr).toContain("Did you mean CIRCA_API_KEY?");
    expect(stderr).toMatch(/COLOUR \(in .env\).*nothing reads it\.\n/);
    expect(stderr).not.toContain("a-secret-value");
  } finally {
    rmSync(join(folder, ".env"));
  }
});

test("start with a private key that can't be used: it ends with the reason, and nothing listens", async () => {
  const key = join(folder, "broken.pem");
  writeFileSync(key, "no key");
  const env = { ...sync.environment(), PORT: "0", SALESFORCE_PRIVATE_KEY_FILE: key };
  const { code, stdout, stderr } = await run(["start"], { ...env, DATA_DIR: join(folder, "data") });
  expect(code).toBe(1);
  expect(stderr).toContain("SALESFORCE_PRIVATE_KEY_FILE can't be used");
  expect(stdout).not.toContain("listening");
});
