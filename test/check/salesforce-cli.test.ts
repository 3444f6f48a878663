import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { describeWithCli } from "../../emulators/salesforce/test/support/salesforce-cli.ts";
import { salesforceCliProgram } from "../../scripts/tools/salesforce-cli.ts";

describeWithCli("with the Salesforce CLI", () => {
  /** The command an admin deploys with, as pinned in this project; it needs no org for this. */
  test("the Salesforce CLI converts the package with all its parts", async () => {
    const directory = await mkdtemp(path.join(os.tmpdir(), "sf-convert-"));
    try {
      const output = path.join(directory, "package");
      await promisify(execFile)(
        process.execPath,
        [
          salesforceCliProgram(),
          ...["project", "convert", "source", "--root-dir", "force-app", "--output-dir", output],
        ],
        {
          env: {
            ...process.env,
            HOME: directory,
            SF_DISABLE_TELEMETRY: "true",
            SF_DISABLE_AUTOUPDATE: "true",
            SF_SKIP_NEW_VERSION_CHECK: "true",
          },
        },
      );

      const manifest = await readFile(path.join(output, "package.xml"), "utf8");
      const files = await readdir("force-app", { recursive: true });
      const classes = files.filter((name) => name.endsWith(".cls"));
      expect(classes.filter((name) => name.startsWith("test/"))).not.toEqual([]);
      for (const file of classes) {
        expect(manifest).toContain(`<members>${path.basename(file, ".cls")}</members>`);
      }
      expect(manifest).toContain("<name>CustomObject</name>");
      expect(manifest).not.toContain("<name>CustomMetadata</name>");
      expect(manifest).toContain("<version>61.0</version>");
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  });
});
