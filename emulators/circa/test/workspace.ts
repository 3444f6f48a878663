/** A started emulator with a small workspace, and callers for the person and the integration. */
import {
  circaId,
  startCircaEmulator,
  type CircaEmulator,
  type CircaEmulatorOptions,
  type Seed,
} from "../index.ts";
import type { FieldType } from "../entities.ts";
import { circaCaller, type CallCirca } from "./support/circa-api.ts";

export const campaignId = "701Hs00000AbCdEIAV";
export const otherCampaignId = "701Hs00000AbCdEIAW";
export const leaderEmail = "aroha.ngata@northlark.example";

const custom = (type: FieldType, index: number) => ({
  id: circaId("CustomFieldType", 196_901 + index),
  label: `A ${type} field`,
  field_type: type,
  options: type === "SELECT" || type === "MULTISELECT" ? ["One", "Two", "Three"] : [],
});

const customTypes = [
  ...(["TEXT", "LONG_TEXT", "RICH_TEXT", "URL", "EMAIL", "PHONE", "NUMBER", "CURRENCY"] as const),
  ...(["PERCENT", "CHECKBOX", "DATE", "TIME", "SELECT", "MULTISELECT", "PERSON"] as const),
];

/** Key of the custom field of that type; there is one of each. */
export function customKey(type: (typeof customTypes)[number]): string {
  return circaId("CustomFieldType", 196_901 + customTypes.indexOf(type));
}

export const team = { id: circaId("Team", 4_101), name: "Field Marketing EMEA" };

/** Three Events; the first has values in most standard fields. */
export const smallSeed = {
  teams: [team, { id: circaId("Team", 4_102), name: "Field Marketing APAC" }],
  people: [{ email: leaderEmail, first_name: "Aroha", last_name: "Ngata" }],
  fields: customTypes.map(custom),
  events: [
    {
      id: circaId("Event", 78_941),
      name: "Southern Cloud Expo",
      team,
      status: "COMMITTED",
      types: ["Trade Show"],
      leader: { email: leaderEmail },
      start_date: "2027-03-16",
      end_date: "2027-03-18",
      time_zone: "Pacific/Auckland",
      location: "Auckland, New Zealand",
      website: "https://events.northlark.example/southern-cloud-expo",
      planned_total: 84_000,
      custom_fields: { [circaId("CustomFieldType", 196_901)]: "K-118" },
      updated_at: "2026-01-01T10:00:00Z",
    },
    { id: circaId("Event", 78_942), name: "Bay Area Builders Week" },
    { id: circaId("Event", 78_943), name: "Nordic Data Dinner", team },
  ],
} as const satisfies Seed;

export const firstEvent = smallSeed.events[0];
export const secondEvent = smallSeed.events[1];

export interface Workspace {
  readonly circa: CircaEmulator;
  readonly person: CallCirca;
  readonly integration: CallCirca;
  /** POST to a handle under `/emulator`. */
  control(path: string, body?: unknown): Promise<{ status: number; body: unknown }>;
  stats(): Promise<{
    requests: { total: number; by_kind: Record<string, number>; by_status: Record<string, number> };
    webhooks: Record<string, number>;
  }>;
}

export async function startWorkspace(options: CircaEmulatorOptions = {}): Promise<Workspace> {
  const circa = await startCircaEmulator(options);
  circa.seed(smallSeed);
  return {
    circa,
    person: circaCaller(circa.api, circa.person.apiKey),
    integration: circaCaller(circa.api, circa.integration.apiKey),
    control: async (path, body = {}) => {
      const response = await fetch(`${circa.url}/emulator${path}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
      const text = await response.text();
      return { status: response.status, body: text === "" ? undefined : JSON.parse(text) };
    },
    stats: async () => {
      const response = await fetch(`${circa.url}/emulator/stats`);
      return (await response.json()) as Awaited<ReturnType<Workspace["stats"]>>;
    },
  };
}
