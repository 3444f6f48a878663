import type { Converted } from "./conversion.ts";

/**
 * Whether the value that was converted is a blank one, to which a mapping's blank rule applies:
 * nothing, only blanks, an empty list, rich text that shows nothing.
 * @param converted what the conversion made of `raw`; a required target makes a blank a problem.
 */
export function isBlankSource(raw: unknown, converted: Converted): boolean {
  if (raw === null || raw === undefined) return true;
  if (typeof raw === "string" && raw.trim() === "") return true;
  if (converted.ok) return converted.value === null;
  return converted.problem.code === "REQUIRED_BLANK";
}
