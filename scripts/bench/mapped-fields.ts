/** Thirty mapped fields of the demo's types, with values as both systems write them. */
import { checkMappings } from "../../middleware/sync/mappings/check-mappings.ts";
import type { MappingRow } from "../../middleware/model/admin-rows.ts";
import type {
  BlankRule,
  CampaignField,
  CircaField,
  Direction,
} from "../../middleware/model/fields.ts";
import { type Mapping } from "../../middleware/sync/mappings/mapping.ts";

/** A pair of fields and the values that a link's two sides have there. */
export interface MappedField {
  readonly circa: CircaField;
  readonly campaign: CampaignField;
  readonly direction: Direction;
  /** Different from link to link; `[Circa's value, the Campaign's]`, which say the same. */
  readonly values: (link: number) => readonly [unknown, unknown];
  /** A value of the owning side that the other does not have. */
  readonly edited: (link: number) => unknown;
}

interface Kind {
  readonly circa: Partial<CircaField> & Pick<CircaField, "type">;
  readonly campaign: Partial<CampaignField> & Pick<CampaignField, "type">;
  readonly direction?: Direction;
  readonly values: MappedField["values"];
  readonly edited: MappedField["edited"];
  /** How many of the thirty are of this kind. @default 1 */
  readonly count?: number;
}

export const leader = { id: "UGVyc29uLTE", email: "ana@example.com", first_name: "Ana" };
export const leaderUserId = "005000000000001AAA";

const products = ["Atlas Platform", "Beacon Analytics", "Compass Mobile", "Harbor Security"];
const list: Pick<CampaignField, "restrictedPicklist" | "picklistValues"> = {
  restrictedPicklist: true,
  picklistValues: products.map((value) => ({
    value,
    label: value,
    active: true,
    defaultValue: false,
    validFor: null,
  })),
};
const product = (link: number): string => products[link % products.length] ?? "";

const same = (value: (link: number) => unknown): Kind["values"] => {
  return (link) => [value(link), value(link)];
};
const day = (link: number): string => `2027-${String((link % 12) + 1).padStart(2, "0")}-05`;
const agenda = (link: number): string =>
  "08:30 Doors open, coffee\nOpening by the host\nLive demo and questions\n".repeat((link % 5) + 2);
const notes = (link: number, bold: string): string =>
  `<p>Region ${link} met its plan. <${bold}>Next year:</${bold}> two days instead of three.</p>`;

const kinds: readonly Kind[] = [
  {
    circa: { type: "TEXT" },
    campaign: { type: "string", length: 255 },
    values: same((link) => `Messe Wien, Halle ${link}`),
    edited: (link) => `Messe Graz, Halle ${link}`,
    count: 5,
  },
  {
    circa: { type: "URL" },
    campaign: { type: "url", length: 255 },
    values: same((link) => `https://events.example.com/edition-${link}`),
    edited: (link) => `https://events.example.com/edition-${link}/register`,
    count: 3,
  },
  {
    circa: { type: "EMAIL" },
    campaign: { type: "email", length: 80 },
    values: (link) => [`Venue+${link}@example.com`, `venue+${link}@example.com`],
    edited: (link) => `host+${link}@example.com`,
  },
  {
    circa: { type: "PHONE" },
    campaign: { type: "phone", length: 40 },
    values: same((link) => `+44 20 7946 0${100 + (link % 900)}`),
    edited: (link) => `+44 20 7946 1${100 + (link % 900)}`,
  },
  {
    circa: { type: "LONG_TEXT" },
    campaign: { type: "textarea", length: 4_000 },
    values: (link) => [agenda(link), agenda(link).trimEnd().replaceAll("\n", "\r\n")],
    edited: (link) => `${agenda(link)}Thanks`,
  },
  {
    circa: { type: "RICH_TEXT" },
    campaign: { type: "textarea", length: 32_768, htmlFormatted: true },
    values: (link) => [notes(link, "strong"), notes(link, "b")],
    edited: (link) => notes(link + 1, "b"),
  },
  {
    circa: { type: "DATE" },
    campaign: { type: "date" },
    values: same(day),
    edited: (link) => day(link + 1),
    count: 2,
  },
  {
    // A Circa that gives days as moments: Vienna's midnight is in another day by UTC.
    circa: { type: "DATE" },
    campaign: { type: "date" },
    values: (link) => [
      `2027-01-${String((link % 20) + 10)}T23:00:00Z`,
      `2027-01-${(link % 20) + 11}`,
    ],
    edited: (link) => day(link + 1),
  },
  {
    circa: { type: "TIME" },
    campaign: { type: "time" },
    values: (link) => [`0${link % 10}:30`, `0${link % 10}:30:00.000Z`],
    edited: () => "18:45",
  },
  {
    circa: { type: "CURRENCY" },
    campaign: { type: "currency", precision: 18, scale: 2 },
    values: same((link) => link * 100 + 0.5),
    edited: (link) => link * 100 + 7.25,
    count: 4,
  },
  {
    circa: { type: "NUMBER" },
    campaign: { type: "double", precision: 8 },
    values: (link) => [String(link), link],
    edited: (link) => link + 1,
  },
  {
    circa: { type: "PERCENT" },
    campaign: { type: "percent", precision: 5, scale: 1 },
    direction: "from_salesforce",
    values: same((link) => (link % 90) + 0.5),
    edited: (link) => (link % 90) + 2.5,
  },
  {
    circa: { type: "CHECKBOX" },
    campaign: { type: "boolean", nillable: false },
    values: same((link) => link % 2 === 0),
    edited: (link) => link % 2 !== 0,
  },
  {
    circa: { type: "SELECT", options: products },
    campaign: { type: "picklist", length: 255, ...list },
    values: same(product),
    edited: (link) => product(link + 1),
    count: 2,
  },
  {
    circa: { type: "MULTISELECT", options: products },
    campaign: { type: "multipicklist", length: 4_099, ...list },
    values: (link) => [
      [product(link), product(link + 2)],
      [product(link), product(link + 2)].sort().join(";"),
    ],
    edited: (link) => [product(link + 1)],
    count: 3,
  },
  {
    circa: { type: "PERSON" },
    campaign: { type: "reference", referenceTo: ["User"] },
    values: () => [leader, leaderUserId],
    edited: () => null,
  },
  {
    circa: { type: "TEAM", readOnly: true },
    campaign: { type: "string", length: 120 },
    values: () => [{ id: "VGVhbS00MTAx", name: "Field Marketing" }, "Field Marketing"],
    edited: () => ({ id: "VGVhbS00MTAy", name: "Field Marketing APAC" }),
  },
];

export const mappedFields: readonly MappedField[] = kinds
  .flatMap((kind) => Array.from({ length: kind.count ?? 1 }, () => kind))
  .map(({ circa, campaign, direction = "to_salesforce", values, edited }, index) => ({
    circa: { ...plainCircaField(index), ...circa },
    campaign: { ...plainCampaignField(index), ...campaign },
    direction,
    values,
    edited,
  }));

function plainCircaField(index: number): CircaField {
  return {
    key: `field_${index}`,
    id: `RmllbGQt${index}`,
    label: `Field ${index}`,
    type: "TEXT",
    custom: true,
    section: "Custom",
    options: [],
    required: false,
    readOnly: false,
  };
}

function plainCampaignField(index: number): CampaignField {
  return {
    name: `Field_${index}__c`,
    label: `Field ${index}`,
    type: "string",
    length: 0,
    precision: 0,
    scale: 0,
    nillable: true,
    updateable: true,
    createable: true,
    calculated: false,
    htmlFormatted: false,
    restrictedPicklist: false,
    picklistValues: [],
    controllerName: null,
    referenceTo: [],
  };
}

/** The mappings of these fields, checked as an admin's rows are. */
export function mappingsOf(fields: readonly MappedField[]): readonly Mapping[] {
  const rows = fields.map(({ circa, campaign, direction }, index): MappingRow => {
    const blankRule: BlankRule = "copy";
    return {
      developerName: `Mapping_${String(index).padStart(2, "0")}`,
      label: circa.label,
      circaFieldKey: circa.key,
      campaignField: campaign.name,
      direction,
      blankRule,
      recordType: null,
      active: true,
    };
  });
  const { mappings, rejected } = checkMappings(
    rows,
    fields.map(({ circa }) => circa),
    fields.map(({ campaign }) => campaign),
    new Set(),
  );
  const [reason] = rejected;
  if (reason !== undefined) throw new Error(`${reason.developerName}: ${reason.reason}`);
  return mappings;
}
