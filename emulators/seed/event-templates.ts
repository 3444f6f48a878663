/** The twenty Events of the demo, as a marketing team keeps them in a spreadsheet. */
import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { IANAZone } from "luxon";
import { z } from "zod";
import { leaders } from "./people.ts";
import { teamsByRegion } from "./teams.ts";

const list = z.string().transform((value) => value.split(";").filter(Boolean));
const integer = z.string().regex(/^\d+$/).transform(Number);

const rowSchema = z.strictObject({
  name: z.string().min(1).max(60, "leaves room for an edition in a Campaign's 80 characters"),
  type: z.string().min(1),
  roles: list,
  status: z.enum(["CONSIDERING", "COMMITTED", "SKIPPING", "COMPLETED"]),
  team: z.enum(["EMEA", "Americas", "APAC"]).transform((region) => teamsByRegion[region]),
  leader: z.string().transform((user, context) => {
    const leader = leaders.find(({ email }) => email.startsWith(`${user}@`));
    if (leader) return leader;
    context.addIssue({ code: "custom", message: `no leader ${user} in people.ts` });
    return z.NEVER;
  }),
  location: z.string().min(1),
  timeZone: z.string().refine((zone) => IANAZone.isValidZone(zone), "must be an IANA time zone"),
  /** First day by the calendar at the venue. */
  startDate: z.iso.date(),
  days: integer,
  /** Planned spend, in whole units of the org's currency. */
  budget: integer,
  leadGoal: integer,
  tier: z.string().min(1),
  products: list,
  /** Blank for events without a stand. */
  booth: z.string().transform((value) => value || null),
});

/** What differs from Event to Event; the rest follows from it (see `planned-event.ts`). */
export type EventTemplate = z.infer<typeof rowSchema>;

/**
 * Reads `emulators/seed/events.csv`, relative to the repository's root.
 * @throws when a row is not what the schema says, naming row and column.
 */
export function readEventTemplates(file = "emulators/seed/events.csv"): readonly EventTemplate[] {
  const rows: unknown = parse(readFileSync(file, "utf8"), { columns: true });
  return z.array(rowSchema).min(1).parse(rows);
}
