/**
 * Measures the comparison of values, the planner's hot path: `tsx scripts/bench/values.ts`.
 * Each row is one pair of types with values that are equal; the last line is a link of 30 fields.
 */
import type { CampaignField, CircaField } from "../../middleware/sync/fields.ts";
import type { Conversion } from "../../middleware/sync/values/conversion.ts";
import { pairFields } from "../../middleware/sync/values/pairing.ts";

const measuredMs = 300;
const warmUps = 5_000;
const goalLinksPerSecond = 50_000;

interface Sample {
  readonly type: CircaField["type"];
  readonly campaign: Partial<CampaignField>;
  readonly circaValue: unknown;
  readonly campaignValue: unknown;
  /** How many of a link's 30 fields are like this. */
  readonly share: number;
}

const values = ["Talk", "Panel", "Workshop", "Dinner", "Booth"].map((value) => ({
  value,
  label: value,
  active: true,
  defaultValue: false,
  validFor: null,
}));
const listed = { restrictedPicklist: true, picklistValues: values };
const person = { id: "VXNlci0x", email: "ana@example.com", first_name: "Ana", last_name: "Silva" };
const notes = "Bring the banner.\nCall the hotel.\n".repeat(20).trim();

const samples: readonly Sample[] = [
  { type: "TEXT", campaign: { type: "string" }, circaValue: "Spring Summit", campaignValue: "Spring Summit", share: 8 },
  { type: "LONG_TEXT", campaign: { type: "textarea", length: 32_768 }, circaValue: notes, campaignValue: notes.replaceAll("\n", "\r\n"), share: 2 },
  { type: "RICH_TEXT", campaign: { type: "textarea", htmlFormatted: true }, circaValue: "<p><strong>Bring</strong> it</p>", campaignValue: "<p><b>Bring</b> it</p>", share: 1 },
  { type: "DATE", campaign: { type: "date" }, circaValue: "2026-11-23", campaignValue: "2026-11-23", share: 2 },
  { type: "DATE", campaign: { type: "date" }, circaValue: "2026-11-23T14:30:00Z", campaignValue: "2026-11-23", share: 1 },
  { type: "DATE", campaign: { type: "datetime" }, circaValue: "2026-11-23", campaignValue: "2026-11-23T14:30:00.000+0000", share: 1 },
  { type: "TIME", campaign: { type: "time" }, circaValue: "09:30", campaignValue: "09:30:00.000Z", share: 1 },
  { type: "CURRENCY", campaign: { type: "currency", precision: 18, scale: 2 }, circaValue: 1250.5, campaignValue: 1250.5, share: 4 },
  { type: "NUMBER", campaign: { type: "double", precision: 18, scale: 2 }, circaValue: "1250.50", campaignValue: 1250.5, share: 1 },
  { type: "CHECKBOX", campaign: { type: "boolean" }, circaValue: true, campaignValue: true, share: 2 },
  { type: "SELECT", campaign: { type: "picklist", ...listed }, circaValue: "Talk", campaignValue: "Talk", share: 2 },
  { type: "MULTISELECT", campaign: { type: "multipicklist", ...listed }, circaValue: ["Talk", "Panel"], campaignValue: "Talk;Panel", share: 2 },
  { type: "MULTISELECT", campaign: { type: "multipicklist", ...listed }, circaValue: ["Panel", "Talk"], campaignValue: "Talk;Panel", share: 1 },
  { type: "PERSON", campaign: { type: "reference", referenceTo: ["User"] }, circaValue: person, campaignValue: "005000000000001AAA", share: 1 },
  { type: "URL", campaign: { type: "url" }, circaValue: "https://example.com", campaignValue: "https://example.com", share: 1 },
]; // prettier-ignore

const context = {
  timeZone: "America/New_York",
  activeUserIdByEmail: (): string => "005000000000001AAA",
  emailByUserId: (): string => person.email,
};

const circaField: CircaField = {
  key: "x", id: "x", label: "X", type: "TEXT", custom: true, section: null, options: [],
  required: false, readOnly: false,
}; // prettier-ignore
const campaignField: CampaignField = {
  name: "X__c", label: "X", type: "string", length: 255, precision: 0, scale: 0, nillable: true,
  updateable: true, createable: true, calculated: false, htmlFormatted: false,
  restrictedPicklist: false, picklistValues: [], controllerName: null, referenceTo: [],
}; // prettier-ignore

function conversionOf({ type, campaign }: Sample): Conversion {
  const pairing = pairFields({ ...circaField, type }, { ...campaignField, ...campaign });
  if (!pairing.allowed) throw new Error(pairing.reason);
  return pairing.conversion;
}

/** Nanoseconds of one comparison. */
function measure(sample: Sample): number {
  const conversion = conversionOf(sample);
  const round = (comparisons: number): void => {
    for (let i = 0; i < comparisons; i += 1) {
      if (!conversion.equal(sample.circaValue, sample.campaignValue, context)) {
        throw new Error(`${sample.type} and ${campaignType(sample)}: the samples are not equal`);
      }
    }
  };
  round(warmUps);
  // Processor time, so that other work on the machine counts less.
  const started = process.cpuUsage();
  let [used, comparisons] = [0, 0];
  while (used < measuredMs * 1_000) {
    round(1_000);
    comparisons += 1_000;
    const { user, system } = process.cpuUsage(started);
    used = user + system;
  }
  return (used * 1_000) / comparisons;
}

const campaignType = ({ campaign }: Sample): string => campaign.type ?? "";

let linkNs = 0;
for (const sample of samples) {
  const ns = measure(sample);
  linkNs += ns * sample.share;
  console.log(`${`${sample.type} with ${campaignType(sample)}`.padEnd(32)} ${ns.toFixed(0)} ns`);
}
console.log(
  `a link of 30 fields: ${(linkNs / 1_000).toFixed(1)} µs, ${Math.round(1e9 / linkNs)} links/s (goal ${goalLinksPerSecond})`,
);
