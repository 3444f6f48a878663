/** What the story's steps act on: both systems as a person uses them, and the middleware's API. */
import { z } from "zod";
import { createAdminApi, type AdminApi } from "../admin-api.ts";
import { DemoError } from "../demo-error.ts";
import type { Demo, MiddlewareControl } from "../start-demo.ts";
import { createHttpClient, type Answer, type HttpClient } from "./http.ts";

/** An Event and its connected Campaign. */
export interface StoryLink {
  readonly eventId: string;
  readonly campaignId: string;
}

export interface Stage {
  readonly middleware: MiddlewareControl;
  readonly admin: AdminApi;
  /** Circa's API with the key of a person. */
  readonly circa: HttpClient;
  /** What only an emulator can do: drop webhooks, edit past a lock, change a value list. */
  readonly circaEmulator: HttpClient;
  readonly salesforceEmulator: HttpClient;
  /** @throws DemoError when there is no such Event, or it has no Campaign */
  link(eventName: string): Promise<StoryLink>;
  /** Event Info by label, e.g. `Lead Goal`. */
  readEvent(link: StoryLink, ...labels: string[]): Promise<Record<string, unknown>>;
  /** Edits Event Info by label, as a person in Circa does; any answer goes. */
  editEvent(link: StoryLink, values: Readonly<Record<string, unknown>>): Promise<Answer>;
  /** Campaign fields by API name. */
  readCampaign(link: StoryLink, ...fields: string[]): Promise<Record<string, unknown>>;
  /** Edits a Campaign as a person in Salesforce does. */
  editCampaign(link: StoryLink, values: Readonly<Record<string, unknown>>): Promise<void>;
  /** @throws DemoError when Circa has no field with that label */
  field(label: string): Promise<StoryField>;
  /** `values` by label, in the shape of the API: standard fields by name, custom ones by id. */
  toEventBody(values: Readonly<Record<string, unknown>>): Record<string, unknown>;
}

const fieldSchema = z.looseObject({
  id: z.string(),
  label: z.string(),
  field_name: z.string().nullable(),
  options: z.array(z.string()),
  options_locked: z.boolean().optional(),
});
/** An Event Info field as Circa's API gives it. */
export type StoryField = z.infer<typeof fieldSchema>;

const fieldsPerPage = 25;
const fieldList = z.object({ data: z.array(fieldSchema) });
const eventSchema = z.looseObject({
  id: z.string(),
  name: z.string(),
  salesforce_campaign_id: z.string().nullish(),
  custom_fields: z.record(z.string(), z.unknown()),
});
const eventList = z.object({ data: z.array(eventSchema) });
const record = z.record(z.string(), z.unknown());

export async function createStage(demo: Demo): Promise<Stage> {
  const { salesforce, circa, middleware } = demo.line;
  const circaApi = createHttpClient(circa.api, circa.person.apiKey);
  const salesforceApi = createHttpClient(
    `${salesforce.url}/services/data/v${salesforce.apiVersion}/sobjects/Campaign`,
    salesforce.person.accessToken,
  );
  const field = async (label: string) => fieldIn(await readFields(circaApi), label);
  // What a field is called does not change: it is read once, not within what is timed.
  const catalogue = await readFields(circaApi);
  const toEventBody: Stage["toEventBody"] = (values) => {
    const body: Record<string, unknown> = {};
    const custom: Record<string, unknown> = {};
    for (const [label, value] of Object.entries(values)) {
      const { id, field_name: name } = fieldIn(catalogue, label);
      if (name === null) custom[id] = value;
      else body[name] = value;
    }
    return Object.keys(custom).length === 0 ? body : { ...body, custom_fields: custom };
  };
  return {
    middleware: demo.middleware,
    admin: createAdminApi(middleware),
    circa: circaApi,
    circaEmulator: createHttpClient(circa.url),
    salesforceEmulator: createHttpClient(salesforce.url),
    field,
    toEventBody,
    link: async (eventName) => {
      const { data } = eventList.parse(await circaApi.send("GET", "/events?page=1"));
      const event = data.find(({ name }) => name === eventName);
      const campaignId = event?.salesforce_campaign_id;
      if (!event || !campaignId) throw new DemoError(`No connected Event "${eventName}" on page 1`);
      return { eventId: event.id, campaignId };
    },
    readEvent: async ({ eventId }, ...labels) => {
      const event = eventSchema.parse(await circaApi.send("GET", `/events/${eventId}`));
      const entries = labels.map((label) => {
        const { id, field_name: name } = fieldIn(catalogue, label);
        return [label, name === null ? event.custom_fields[id] : event[name]] as const;
      });
      return Object.fromEntries(entries);
    },
    editEvent: ({ eventId }, values) =>
      circaApi.attempt("PATCH", `/events/${eventId}`, toEventBody(values)),
    readCampaign: async ({ campaignId }, ...fields) => {
      const query = `?fields=${fields.join(",")}`;
      const row = record.parse(await salesforceApi.send("GET", `/${campaignId}${query}`));
      return Object.fromEntries(fields.map((name) => [name, row[name]]));
    },
    editCampaign: async ({ campaignId }, values) => {
      await salesforceApi.send("PATCH", `/${campaignId}`, values);
    },
  };
}

function fieldIn(fields: readonly StoryField[], label: string): StoryField {
  const found = fields.find((candidate) => candidate.label === label);
  if (!found) throw new DemoError(`Circa has no Event Info field "${label}"`);
  return found;
}

/** The whole catalogue: the last page is the short one. */
async function readFields(circaApi: HttpClient): Promise<StoryField[]> {
  const fields: StoryField[] = [];
  for (let page = 1; ; page += 1) {
    const path = `/fields?fields_for=Event&page=${page}`;
    const { data } = fieldList.parse(await circaApi.send("GET", path));
    fields.push(...data);
    if (data.length < fieldsPerPage) return fields;
  }
}
