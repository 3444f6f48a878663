import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { endScripts, runScript } from "./run-script.ts";

afterEach(endScripts);

describe("npm run demo", () => {
  test("names every setting it can't use, and what to write instead", async () => {
    const settings = { PORT: "http", DEMO_LINKS: "200000", SALESFORCE_DELAY_MS: "-1" };
    const { code, stderr } = await runScript("scripts/demo.ts", [], settings).ended;
    expect(code).toBe(1);
    expect(stderr).toContain("PORT must be a port number, or 0 for any free one");
    expect(stderr).toContain("DEMO_LINKS must be a number of links, at most 100000");
    expect(stderr).toContain("SALESFORCE_DELAY_MS must be milliseconds");
  });

  test("says which port is taken and how to choose another", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    const { port } = taken.address() as AddressInfo;
    const script = runScript("scripts/emulators.ts", [], { CIRCA_PORT: String(port) });
    const { code, stderr } = await script.ended;
    taken.close();
    expect(code).toBe(1);
    expect(stderr).toContain(`Port ${port} is in use. Choose another with CIRCA_PORT=`);
  });

  test("explains itself when told something it doesn't know", async () => {
    const { code, stderr } = await runScript("scripts/demo.ts", ["--twice"]).ended;
    expect(code).toBe(2);
    expect(stderr).toContain("--twice");
    expect(stderr).toContain("npm run demo -- --once");
  });
});
