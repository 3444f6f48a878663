import type { z } from "zod";

/**
 * What a column of JSON holds. A row that is broken (a crash of the machine, another program) is as
 * good as none: it must not fail what has nothing to do with it.
 * @returns null when it is no JSON, or of another shape
 */
export function readJson<T>(text: string, schema: z.ZodType<T>): T | null {
  try {
    return schema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
