/** Apex and the service judge pairs of fields alike. */
import { createApexTestOrg } from "../../emulators/salesforce/apex/test-org.ts";
import { valueTable } from "../../middleware/sync/values/table/table.ts";

test("the mapping page offers the pairs that the service can carry, in the directions that it can", async () => {
  const { engine, userId } = await createApexTestOrg();
  const log = await engine.executeAnonymous(
    userId,
    "System.debug(JSON.serialize(CircaFieldPairs.all()));",
  );
  const line = log.at(-1) ?? "";
  const offered = JSON.parse(line.slice(line.indexOf("{"))) as unknown;

  const carried = Object.fromEntries(
    Object.entries(valueTable).map(([type, row]) => [
      type,
      Object.fromEntries(
        Object.entries(row).map(([kind, rule]) => [
          kind,
          rule.directions.length === 2
            ? "both"
            : rule.directions[0] === "to_salesforce"
              ? "to"
              : "from",
        ]),
      ),
    ]),
  );
  expect(offered).toEqual(carried);
});
