/** fast-check's values for every Circa type and every kind of Campaign field. */
import fc from "fast-check";
import type { CampaignKind } from "../../../middleware/model/campaign-kinds.ts";
import type { CircaFieldType } from "../../../middleware/model/circa-types.ts";
import type { CampaignField, CircaField } from "../../../middleware/model/fields.ts";
import type { ValueContext } from "../../../middleware/sync/values/conversion.ts";
import { aCampaignField, aCircaField, aContext, aPicklistValue, knownUsers } from "./fields.ts";

/** Half-hour, 45-minute and shifting offsets, skipped days, clock changes at midnight. */
export const zoneNames = [
  "UTC", "America/New_York", "America/St_Johns", "America/Havana", "America/Sao_Paulo",
  "Asia/Kolkata", "Asia/Kathmandu", "Pacific/Apia", "Pacific/Chatham", "Pacific/Kiritimati",
  "Pacific/Pago_Pago", "Australia/Lord_Howe", "Africa/Cairo", "Africa/Casablanca", "Europe/London",
]; // prettier-ignore

export const contexts: fc.Arbitrary<ValueContext> = fc
  .constantFrom(...zoneNames)
  .map((timeZone) => aContext({ timeZone }));

const words = ["Talk", "talk", "Panel", "VIP, all", "Café", "50 %", "O'Hara", "Workshop", "Dinner"];
const chosenWord = fc.constantFrom(...words);

/** Text as people and other systems write it, with the ends and line breaks that get changed. */
const piece = fc.oneof(
  fc.constantFrom(" ", "\n", "\r\n", "\r", "\t", "  ", "\u00a0", "&", "<b>", "- ", "(", "é", "😀"),
  fc.string({ unit: "grapheme", maxLength: 8 }),
  chosenWord,
);
const textValue = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(""));

const htmlPiece = fc.oneof(
  fc.constantFrom(
    "<p>", "</p>", "<br>", "<br/>", "<ul><li>", "</li><li>", "</li></ul>", "<strong>", "</strong>",
    "<em>", "</em>", '<a href="https://example.com/a?b=1&amp;c=2">', "</a>", "<!-- x -->", "&nbsp;",
    "&eacute;", "&lt;", "<h2>", "</h2>", '<img src="https://example.com/i.png">', "<div style='x'>",
    "</div>", "<span>", "</span>", "<script>alert(1)</script>", " ", "\n", "<", "&", "<td",
  ), // prettier-ignore
  chosenWord,
);
const htmlValue = fc.array(htmlPiece, { maxLength: 12 }).map((pieces) => pieces.join(""));

const dayValue = fc
  .date({ min: new Date("1900-01-01"), max: new Date("2100-01-01"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const clockChanges = [
  "2011-12-30",
  "2011-12-31",
  "2018-11-04",
  "2026-03-08",
  "2026-11-01",
  "2026-04-24",
];
const dayOrChange = fc.oneof(dayValue, fc.constantFrom(...clockChanges));
const momentValue = fc
  .tuple(dayOrChange, fc.integer({ min: 0, max: 86_399 }))
  .map(([day, second]) => new Date(Date.parse(day) + second * 1000).toISOString());
const timeValue = fc
  .tuple(fc.nat(86_399), fc.constantFrom("HH:mm", "HH:mm:ss", "HH:mm:ss.SSS"))
  .map(([second, shape]) => new Date(second * 1000).toISOString().slice(11, 11 + shape.length));

const numberValue = fc.oneof(
  fc.integer({ min: -1_000_000, max: 1_000_000 }),
  fc.integer({ min: -99_999, max: 99_999 }).map((cents) => cents / 100),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0, -0, 0.005, 1.005, -1.005, 2.675, 1e15, 999_999.995, 12.5),
);
const emailValue = fc.oneof(
  fc.constantFrom(...knownUsers.map((user) => user.email), "Ana@Example.com", "nobody@example.org"),
  fc.emailAddress(),
);
const urlValue = fc.oneof(
  fc.webUrl(),
  fc.constantFrom("www.example.com", "https://a.example/?q=é"),
);
const personValue = fc.oneof(
  emailValue,
  fc.record({
    id: fc.constant("VXNlci0x"),
    email: emailValue,
    first_name: fc.option(chosenWord),
    last_name: fc.option(chosenWord),
  }),
);

const circaValues: Readonly<Record<CircaFieldType, fc.Arbitrary<unknown>>> = {
  TEXT: fc.oneof(textValue, chosenWord, emailValue, urlValue, fc.constant("Talk; Dinner")),
  LONG_TEXT: textValue,
  RICH_TEXT: htmlValue,
  URL: urlValue,
  EMAIL: emailValue,
  PHONE: fc.constantFrom("+64 9 123 4567", "(415) 555-1212", " 0800 TALK "),
  NUMBER: fc.oneof(numberValue, numberValue.map(String)),
  CURRENCY: fc.oneof(numberValue, fc.constantFrom("1250.00", "0.1", "1e3")),
  PERCENT: numberValue,
  CHECKBOX: fc.oneof(fc.boolean(), fc.constantFrom("true", "false")),
  DATE: fc.oneof(dayOrChange, momentValue),
  TIME: fc.oneof(timeValue, momentValue),
  SELECT: fc.oneof(chosenWord, textValue),
  MULTISELECT: fc.oneof(fc.array(chosenWord, { maxLength: 4 }), fc.array(textValue)),
  PERSON: personValue,
  TEAM: fc.oneof(chosenWord, fc.record({ id: fc.constant("VGVhbS0x"), name: chosenWord })),
  UNKNOWN: fc.jsonValue(),
};

const campaignValues: Readonly<Partial<Record<CampaignKind, fc.Arbitrary<unknown>>>> = {
  string: fc.oneof(textValue, chosenWord, emailValue, urlValue, fc.constant("Talk; Dinner")),
  textarea: textValue,
  richtext: htmlValue,
  combobox: fc.oneof(chosenWord, textValue),
  url: urlValue,
  email: emailValue,
  phone: fc.constantFrom("+64 9 123 4567", "(415) 555-1212"),
  picklist: fc.oneof(chosenWord, textValue),
  multipicklist: fc.array(chosenWord, { minLength: 1, maxLength: 4 }).map((w) => w.join(";")),
  date: dayOrChange,
  datetime: momentValue.map((moment) => moment.replace("Z", "+0000")),
  time: timeValue.map((time) => `${time.padEnd(8, ":00").padEnd(12, ".000")}Z`),
  double: numberValue,
  int: fc.integer(),
  currency: numberValue,
  percent: numberValue,
  boolean: fc.boolean(),
  user: fc.constantFrom(...knownUsers.map((user) => user.id), "005000000000009AAA"),
};

const blank = fc.constantFrom(null, "", "  ");

export const circaValue = (type: CircaFieldType): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 9, arbitrary: circaValues[type] }, { weight: 1, arbitrary: blank });

export const campaignValue = (kind: CampaignKind): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 9, arbitrary: campaignValues[kind] ?? fc.jsonValue() },
    { weight: 1, arbitrary: fc.constant(kind === "boolean" ? false : null) },
  );

export const circaField = (type: CircaFieldType): fc.Arbitrary<CircaField> =>
  fc
    .record({ options: fc.uniqueArray(chosenWord), required: rarely })
    .map(({ options, required }) =>
      aCircaField({ type, required, options: type.endsWith("SELECT") ? options : [] }),
    );

const rarely = fc.nat(9).map((n) => n === 0);

const picklist = fc
  .uniqueArray(fc.tuple(chosenWord, chosenWord, rarely), { selector: ([value]) => value })
  .map((entries) =>
    entries.map(([value, label, off]) => aPicklistValue(value, { label, active: !off })),
  );

const typeOfKind: Readonly<Partial<Record<CampaignKind, string>>> = {
  richtext: "textarea",
  user: "reference",
  lookup: "reference",
  unknown: "somethingNew",
};

export const campaignField = (kind: CampaignKind): fc.Arbitrary<CampaignField> =>
  fc
    .record({
      length: fc.constantFrom(10, 40, 255, 32_768),
      precision: fc.constantFrom(5, 18),
      scale: fc.constantFrom(0, 2, 4),
      required: rarely,
      restrictedPicklist: fc.boolean(),
      picklistValues: picklist,
    })
    .map(({ length, precision, scale, required, restrictedPicklist, picklistValues }) => {
      const listed = kind === "picklist" || kind === "multipicklist";
      return aCampaignField({
        type: typeOfKind[kind] ?? kind,
        // Salesforce's rewriting may make rich text longer, so its field has room.
        length: kind === "richtext" ? 32_768 : listed ? 255 : length,
        precision,
        scale,
        nillable: !required && kind !== "boolean",
        htmlFormatted: kind === "richtext",
        restrictedPicklist: listed && restrictedPicklist,
        picklistValues: listed ? picklistValues : [],
        referenceTo: kind === "user" ? ["User"] : kind === "lookup" ? ["Account"] : [],
      });
    });
