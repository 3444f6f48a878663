/** How a new Campaign is called: text with Event Info fields in braces. Pure. */
import type { CampaignField, CircaField } from "../../../model/fields.ts";
import { linkProblem, type Problem } from "../../../model/problems/problem.ts";
import type { CircaEvent } from "../../../model/records.ts";
import type { Conversion, ValueContext } from "../../values/conversion.ts";
import { pairFields } from "../../values/table/pairing.ts";
import { checkCampaignText, normaliseText } from "../../values/text.ts";

/** Literal text, or a field with the way its values become text. */
type Part = string | { readonly circa: CircaField; readonly conversion: Conversion };

export interface NamePattern {
  /** As the admin wrote it. */
  readonly source: string;
  readonly parts: readonly Part[];
  /** The Campaign's Name. */
  readonly target: CampaignField;
}

export type ReadPattern =
  | { readonly ok: true; readonly pattern: NamePattern }
  | { readonly ok: false; readonly reason: string };

export type FilledName =
  | { readonly ok: true; readonly name: string }
  | { readonly ok: false; readonly problem: Problem };

/**
 * Reads a pattern such as `{name} ({start_date})`.
 * @param target the Campaign's Name: a value becomes text as a mapping to it would make it
 */
export function readPattern(
  source: string,
  circaFields: readonly CircaField[],
  target: CampaignField,
): ReadPattern {
  const byKey = new Map(circaFields.map((field) => [field.key, field]));
  // A field that is blank on the Event leaves a gap in the name, not a problem.
  const optional = { ...target, nillable: true };
  const parts: Part[] = [];
  // Braces enclose the odd pieces.
  for (const [index, piece] of source.split(/\{([^{}]*)\}/).entries()) {
    if (index % 2 === 0) {
      if (/[{}]/.test(piece))
        return no("A brace is opened and not closed, or the other way round.");
      parts.push(piece);
      continue;
    }
    const circa = byKey.get(piece.trim());
    if (circa === undefined) {
      return no(
        `{${piece}} is no Event Info field: use the key of a standard field, such as {name} or {start_date}, or the id of a custom one.`,
      );
    }
    const pairing = pairFields(circa, optional);
    if (!pairing.allowed) return no(`{${piece}} can't be part of a name. ${pairing.reason}`);
    parts.push({ circa, conversion: pairing.conversion });
  }
  if (parts.every((part) => typeof part === "string")) {
    return no("It names no Event Info field, so that all new Campaigns would have the same name.");
  }
  return { ok: true, pattern: { source, parts, target } };
}

/** The name for one Event. It is never cut: too long is a problem, as it is for every text. */
export function fillPattern(
  { parts, target }: NamePattern,
  event: CircaEvent,
  context: ValueContext,
): FilledName {
  let name = "";
  let gaps = false;
  for (const part of parts) {
    if (typeof part === "string") {
      name += part;
      continue;
    }
    const { circa, conversion } = part;
    const converted = conversion.toCampaign(event.values[circa.key] ?? null, context);
    if (!converted.ok) {
      return {
        ok: false,
        problem: { ...converted.problem, fieldKey: circa.key, fieldLabel: circa.label },
      };
    }
    const text = typeof converted.value === "string" ? converted.value : "";
    gaps ||= text === "";
    name += text;
  }
  const whole = normaliseText(gaps ? closeGaps(name) : name);
  if (whole === "") return blankName(target);
  const checked = checkCampaignText(whole, target, {
    from: { phrase: "newName" },
    to: { phrase: "newNameField", label: target.label },
  });
  if (checked.ok) return { ok: true, name: whole };
  return { ok: false, problem: { ...checked.problem, fieldKey: null, fieldLabel: null } };
}

/** Takes away what stood round a blank field: empty brackets, doubled blanks, loose separators. */
function closeGaps(name: string): string {
  return name
    .replace(/\(\s*\)|\[\s*\]/g, "")
    .replace(/\s+/g, " ")
    .replace(/([-–—|·,:;/])(?: ?\1)+/g, "$1")
    .replace(/^[\s\-–—|·,:;/]+|[\s\-–—|·,:;/]+$/g, "");
}

function blankName(target: CampaignField): FilledName {
  return { ok: false, problem: linkProblem("CAMPAIGN_NAME_BLANK", { label: target.label }) };
}

function no(reason: string): ReadPattern {
  return { ok: false, reason };
}
