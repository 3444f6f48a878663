/** Checks a JSON body against a zod schema; what is wrong becomes entries that name the path. */
import type { z } from "zod";
import { unprocessable } from "./errors.ts";

/** The parsed body. @throws {ApiError} 422 naming every path that is wrong. */
export function readBody<Schema extends z.ZodType>(schema: Schema, body: unknown): z.infer<Schema> {
  const read = schema.safeParse(body ?? {});
  if (read.success) return read.data;
  throw unprocessable(
    read.error.issues.map((issue) => ({
      field: issue.path.join(".") || null,
      code: "invalid",
      message: issue.message,
    })),
  );
}
