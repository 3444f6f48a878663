import { spawnSync } from "node:child_process";

function orgTest(...parts: string[]): { status: number | null; stderr: string } {
  const env = { ...process.env, SF_TARGET_ORG: "", HOME: "/nonexistent", CI: "1" };
  return spawnSync(process.execPath, ["--import", "tsx", "scripts/org/test.ts", ...parts], {
    env,
    encoding: "utf8",
  });
}

test("says how to name an org when none is given", () => {
  const { status, stderr } = orgTest();
  expect(status).toBe(2);
  expect(stderr).toContain("npm run org:test -- <alias or username>");
});

test("names the test classes when one is unknown", () => {
  const { status, stderr } = orgTest("nowhere", "NoSuchTest");
  expect(status).toBe(2);
  expect(stderr).toMatch(/^No such test class: NoSuchTest\. There are: .*CircaSignalPublisherTest/);
});
