import { readFileSync } from "node:fs";
import { generatedFromValues } from "../../../scripts/values/generated.ts";

test.each(Object.entries(generatedFromValues))(
  "%s is what npx tsx scripts/generate-values.ts writes",
  (file, generate) => {
    const current = readFileSync(file, "utf8");
    expect(current).toBe(generate(current));
  },
);
