import { readFileSync } from "node:fs";
import { z } from "zod";
import { nodeVersionProblem } from "../../../scripts/demo/node-version.ts";

describe("the demo's look at the Node version", () => {
  test.each(["18.20.8", "20.18.3", "16.0.0"])("says what to do on %s", (version) => {
    expect(nodeVersionProblem(version)).toContain(`Node 20.19 or newer, and this is ${version}`);
  });

  test.each(["20.19.0", "22.1.0", "24.0.0"])("lets %s go on", (version) => {
    expect(nodeVersionProblem(version)).toBeNull();
  });

  test("asks for what package.json asks for", () => {
    const manifest = z.object({ engines: z.object({ node: z.string() }) });
    const { engines } = manifest.parse(JSON.parse(readFileSync("package.json", "utf8")));
    expect(engines.node).toBe(">=20.19.0");
  });
});
