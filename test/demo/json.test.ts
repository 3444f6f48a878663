import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";
import { emulatorsLine, readyLine, type ReadyLine } from "../../scripts/demo/ready-line.ts";
import { waitUntil } from "../../emulators/wait-until.ts";
import { endScripts, runScript } from "./run-script.ts";

afterEach(endScripts);

async function getStatus(url: string, token: string): Promise<number> {
  const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
  return answer.status;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

const statusSchema = z.looseObject({ startedAt: z.number(), links: z.number() });

async function readStatus({ url, adminToken }: ReadyLine["middleware"]) {
  const headers = { authorization: `Bearer ${adminToken}` };
  return statusSchema.parse(await (await fetch(`${url}/api/status`, { headers })).json());
}

async function expectAllToAnswer({ salesforce, circa, middleware }: ReadyLine): Promise<void> {
  const campaign = `${salesforce.url}/services/data/v${salesforce.apiVersion}/sobjects/Campaign`;
  const events = `${circa.api}/events?page=1`;
  for (const { accessToken } of [salesforce.integration, salesforce.person]) {
    expect(await getStatus(campaign, accessToken)).toBe(200);
  }
  for (const { apiKey } of [circa.integration, circa.person]) {
    expect(await getStatus(events, apiKey)).toBe(200);
  }
  expect(await getStatus(`${middleware.url}/health/ready`, "")).toBe(200);
  expect(await getStatus(`${middleware.url}/api/status`, middleware.adminToken)).toBe(200);
  expect(existsSync(salesforce.integration.privateKeyFile)).toBe(true);
}

describe("npm run demo -- --json", () => {
  test("prints one line when everything answers, and SIGTERM ends all of it", async () => {
    const demo = runScript("scripts/demo.ts", ["--json"], {
      DEMO_LINKS: "30",
      LOG_LEVEL: "warn",
    });
    const line = await demo.nextLine();
    const ready = readyLine.parse(JSON.parse(line));
    await expectAllToAnswer(ready);

    demo.signal("SIGTERM");
    const { code, stdout } = await demo.ended;

    expect(code).toBe(0);
    expect(stdout).toBe(`${line}\n`);
    expect(isAlive(ready.middleware.pid)).toBe(false);
    await expect(fetch(ready.salesforce.url)).rejects.toThrow("fetch failed");
    await expect(fetch(ready.circa.url)).rejects.toThrow("fetch failed");
    expect(existsSync(dirname(ready.salesforce.integration.privateKeyFile))).toBe(false);
  }, 120_000);
});

describe("npm run demo, when the middleware is killed", () => {
  test("starts it again at the same address with the same database", async () => {
    const demo = runScript("scripts/demo.ts", ["--json"]);
    const { middleware } = readyLine.parse(JSON.parse(await demo.nextLine()));
    const { startedAt } = await readStatus(middleware);

    process.kill(middleware.pid, "SIGKILL");

    const after = await waitUntil({
      wanted: "the middleware to be back",
      read: () => readStatus(middleware),
      holds: (status) => status.startedAt > startedAt && status.links === 20,
      deadlineMs: 60_000,
    });
    expect(after.links).toBe(20);
  }, 120_000);
});

describe("npm run emulators -- --json", () => {
  test("prints the same line without the middleware", async () => {
    const emulators = runScript("scripts/emulators.ts", ["--json"], { DEMO_LINKS: "3" });
    const { circa } = emulatorsLine.parse(JSON.parse(await emulators.nextLine()));
    expect(await getStatus(`${circa.api}/events`, circa.person.apiKey)).toBe(200);

    emulators.signal("SIGINT");

    expect((await emulators.ended).code).toBe(0);
    await expect(fetch(circa.url)).rejects.toThrow("fetch failed");
  });
});
