/** The step that deploys the source folders to a bare local Salesforce. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { checkDeployment } from "../../scripts/check/metadata/deployment.ts";

let root: string;

beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), "deployment-"));
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function addClass(file: string, text: string): void {
  const target = path.join(root, file);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, text);
  writeFileSync(
    `${target}-meta.xml`,
    `<?xml version="1.0"?>\n<ApexClass xmlns="http://soap.sforce.com/2006/04/metadata"><apiVersion>61.0</apiVersion><status>Active</status></ApexClass>`,
  );
}

test("classes may lie in folders of the project's own, tests in a source folder apart", async () => {
  addClass("main/classes/sums/Sum.cls", "public class Sum { public Integer two = 2; }");
  addClass(
    "test/classes/sums/SumTest.cls",
    "@IsTest\nprivate class SumTest {\n  @IsTest static void isTwo() { Assert.areEqual(2, new Sum().two, 'two'); }\n}",
  );
  const folders = ["main", "test"].map((folder) => path.join(root, folder));
  expect(await checkDeployment(folders)).toEqual([]);
});

test("what is refused is named with the file where it lies", async () => {
  addClass("main/classes/sums/Sum.cls", "public class Sum {\n  Nothing two;\n}");
  expect(await checkDeployment([path.join(root, "main")])).toEqual([
    {
      file: path.join(root, "main/classes/sums/Sum.cls"),
      line: 2,
      message: expect.stringContaining("Invalid type: Nothing") as unknown,
    },
  ]);
});
