/** What a workspace starts with: Circa's wire shapes, of which nearly everything may be left out. */
import { z } from "zod";
import { fieldTypeNames, type FieldType } from "./field-types.ts";

export interface SeedTeam {
  readonly id: string;
  readonly name: string;
}

/** With a `field_name` it takes the place of that standard field; without one it is a custom field. */
export interface SeedField {
  readonly id?: string | undefined;
  readonly label: string;
  readonly field_name?: string | null | undefined;
  readonly field_type: FieldType;
  readonly options?: readonly string[] | undefined;
  readonly section?: string | undefined;
  readonly required?: boolean | undefined;
  readonly order?: number | undefined;
}

/** A member of the workspace; by e-mail, `id` is given when left out. */
export interface SeedPerson {
  readonly id?: string | undefined;
  readonly email: string;
  readonly first_name?: string | undefined;
  readonly last_name?: string | undefined;
}

/** An Event as the API gives it. Standard fields by `field_name`, custom ones by id. */
export interface SeedEvent {
  readonly id?: string | undefined;
  readonly name: string;
  readonly team?: SeedTeam | null | undefined;
  readonly custom_fields?: Readonly<Record<string, unknown>> | undefined;
  readonly salesforce_campaign_id?: string | null | undefined;
  readonly version?: number | undefined;
  readonly created_at?: string | undefined;
  readonly updated_at?: string | undefined;
  readonly created_by?: SeedPerson | undefined;
  readonly updated_by?: SeedPerson | undefined;
  readonly [standardField: string]: unknown;
}

export interface Seed {
  readonly teams?: readonly SeedTeam[] | undefined;
  readonly fields?: readonly SeedField[] | undefined;
  readonly people?: readonly SeedPerson[] | undefined;
  readonly events?: readonly SeedEvent[] | undefined;
}

const team = z.object({ id: z.string().min(1), name: z.string() });
const person = z.object({
  id: z.string().optional(),
  email: z.email(),
  first_name: z.string().optional(),
  last_name: z.string().optional(),
});
const time = z.iso.datetime({ offset: true });

/** The same as a body of `POST /emulator/seed`. */
export const seedBody = z.strictObject({
  teams: z.array(team).optional(),
  people: z.array(person).optional(),
  fields: z
    .array(
      z.object({
        id: z.string().min(1).optional(),
        label: z.string().min(1),
        field_name: z.string().nullish(),
        field_type: z.enum(fieldTypeNames),
        options: z.array(z.string()).optional(),
        section: z.string().optional(),
        required: z.boolean().optional(),
        order: z.number().optional(),
      }),
    )
    .optional(),
  events: z
    .array(
      z.looseObject({
        id: z.string().min(1).optional(),
        name: z.string().min(1),
        team: team.nullish(),
        custom_fields: z.record(z.string(), z.unknown()).optional(),
        salesforce_campaign_id: z.string().nullish(),
        version: z.int().positive().optional(),
        created_at: time.optional(),
        updated_at: time.optional(),
        created_by: person.optional(),
        updated_by: person.optional(),
      }),
    )
    .optional(),
}) satisfies z.ZodType<Seed>;
