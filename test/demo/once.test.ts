import { endScripts, runScript } from "./run-script.ts";

afterEach(endScripts);

describe("npm run demo -- --once", () => {
  test("plays the whole story and every step holds", async () => {
    const demo = runScript("scripts/demo.ts", ["--once"]);
    const { code, stdout, stderr } = await demo.ended;
    expect(`${stdout}${stderr}`).toContain("Every step passed (9 of 9).");
    expect(code).toBe(0);
  }, 240_000);
});
