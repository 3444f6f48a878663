import { eventually } from "../../wait-until.ts";
import { firstEvent, startWorkspace, type Workspace } from "./workspace.ts";

describe("faults on request", () => {
  let workspace: Workspace;
  beforeEach(async () => {
    workspace = await startWorkspace();
  });
  afterEach(() => workspace.circa.close());

  const path = `/events/${firstEvent.id}`;
  const faults = (...requests: unknown[]) => workspace.control("/faults", { requests });
  const rename = (name: string) => workspace.person("PATCH", path, { body: { name } });
  const currentName = async () => (await workspace.integration("GET", path)).body["name"];

  test("429 with Retry-After, as often as asked for", async () => {
    await faults({ kind: "status", status: 429, retry_after: 3, times: 2 });
    const replies = [await rename("One"), await rename("One"), await rename("One")];
    expect(replies.map(({ status }) => status)).toEqual([429, 429, 200]);
    expect(replies[0]?.headers["retry-after"]).toBe("3");
    expect(replies[0]?.body.errors[0]?.code).toBe("rate_limited");
    expect((await workspace.stats()).requests).toMatchObject({
      by_kind: { "PATCH /events/{id}": 3 },
      by_status: { 200: 1, 429: 2 },
    });
  });

  test("5xx for one kind of request and one caller only, and nothing is committed", async () => {
    await faults({
      kind: "status",
      status: 503,
      method: "PATCH",
      path: "/events/{id}",
      caller: "person",
    });
    expect((await workspace.integration("PATCH", path, { body: { name: "One" } })).status).toBe(
      200,
    );
    expect((await rename("Two")).status).toBe(503);
    expect(await currentName()).toBe("One");
  });

  test.each([
    ["before the commit", "hang_before_commit", "Southern Cloud Expo"],
    ["after the commit", "timeout_after_commit", "One"],
  ])("an answer that never comes, %s", async (_when, kind, nameAfter) => {
    await faults({ kind, hold_ms: 30 });
    await expect(rename("One")).rejects.toThrow("fetch failed");
    expect(await currentName()).toBe(nameAfter);
    expect((await workspace.stats()).requests.by_status).toMatchObject({ withheld: 1 });
  });

  test("a withheld answer ends when the caller hangs up", async () => {
    await faults({ kind: "timeout_after_commit" });
    const request = fetch(workspace.circa.api + path, {
      headers: { authorization: `Bearer ${workspace.circa.person.apiKey}` },
      signal: AbortSignal.timeout(50),
    });
    await expect(request).rejects.toThrow(/timeout/);
    await eventually("the next call is served", async () => (await currentName()) !== undefined);
    expect(await currentName()).toBe(firstEvent.name);
  });

  test("a slow answer comes in the end", async () => {
    await faults({ kind: "slow", delay_ms: 20 });
    expect((await rename("One")).status).toBe(200);
  });

  test("by chance, alike for the same seed", async () => {
    const statuses = async () => {
      const requests = [{ kind: "status", status: 500, probability: 0.5 }];
      await workspace.control("/faults", { clear: true, seed: 7, requests });
      const seen: number[] = [];
      for (let call = 0; call < 12; call += 1) {
        seen.push((await workspace.person("GET", path)).status);
      }
      return seen;
    };
    const first = await statuses();
    expect(new Set(first)).toEqual(new Set([200, 500]));
    expect(await statuses()).toEqual(first);
  });

  test("what is still to come can be looked at and cleared", async () => {
    await faults({ kind: "status", status: 500, times: 3 });
    await rename("One");
    const url = `${workspace.circa.url}/emulator/faults`;
    expect(await (await fetch(url)).json()).toMatchObject({ requests: [{ times_left: 2 }] });
    expect((await fetch(url, { method: "DELETE" })).status).toBe(204);
    expect((await rename("One")).status).toBe(200);
  });

  test("a fault that can't be understood is refused", async () => {
    const { status, body } = await faults({ kind: "status", status: 200 });
    expect(status).toBe(422);
    expect(body).toMatchObject({ errors: [{ field: "requests.0.status" }] });
    expect((await faults({ kind: "explode" })).status).toBe(422);
  });
});
