import { circaFieldTypes } from "../../../middleware/model/circa-types.ts";
import { isBlankSource } from "../../../middleware/sync/values/blank.ts";
import { pairFields, refusalOf } from "../../../middleware/sync/values/table/pairing.ts";
import { aCampaignField, aCircaField, aContext } from "../../support/values/fields.ts";

/** Every type that describe can give, and some that it can't. */
const describeTypes = [
  "string", "textarea", "picklist", "multipicklist", "date", "datetime", "time", "double", "int",
  "currency", "percent", "boolean", "url", "email", "phone", "reference", "id", "combobox",
  "anyType", "encryptedstring", "location", "address", "base64", "complexvalue", "user", "richtext",
  "lookup", "unknown", "constructor", "__proto__", "",
]; // prettier-ignore

const everyPair = circaFieldTypes.flatMap((type) =>
  describeTypes.map((campaignType) => ({ type, campaignType })),
);

test.each(everyPair)("$type with $campaignType is allowed or refused in words", (pair) => {
  const circa = aCircaField({ type: pair.type });
  const campaign = aCampaignField({ type: pair.campaignType });
  const pairing = pairFields(circa, campaign);
  const words = pairing.allowed ? null : pairing.reason;
  const bothWays = (["to_salesforce", "from_salesforce"] as const).map((direction) =>
    refusalOf(circa, campaign, direction),
  );
  const refusals = bothWays.filter((refusal) => refusal !== null);
  expect(refusals).toHaveLength(words === null ? Math.min(refusals.length, 1) : 2);
  for (const refusal of words === null ? refusals : [words, ...refusals]) {
    expect(refusal).toMatch(/^[A-Z].+\. [A-Z].+\.$/s);
    expect(refusal).not.toMatch(/undefined|null|\.\./);
  }
});

test("a pair that works one way says so when the other is chosen", () => {
  const circa = aCircaField({ type: "NUMBER" });
  const campaign = aCampaignField({ type: "string" });
  expect(refusalOf(circa, campaign, "to_salesforce")).toBeNull();
  expect(refusalOf(circa, campaign, "from_salesforce")).toBe(
    "Circa's number and a Campaign field of the type text can't be mapped FROM Salesforce: free text is not read as a value of a stricter type. Turn the direction to TO Salesforce, or choose other fields.",
  );
});

test("a lookup fits a person only when it looks up users", () => {
  const person = aCircaField({ type: "PERSON" });
  const lookup = (...referenceTo: string[]): boolean =>
    pairFields(person, aCampaignField({ type: "reference", referenceTo })).allowed;
  expect(lookup("User")).toBe(true);
  expect(lookup("Campaign")).toBe(false);
});

test("a formula that shows a link is read as the HTML that it is", () => {
  const formula = aCampaignField({ type: "string", htmlFormatted: true, calculated: true });
  const pairing = pairFields(aCircaField(), formula);
  const shown = pairing.allowed && pairing.conversion.toCirca('<a href="/x">Site</a>', aContext());
  expect(shown).toEqual({ ok: true, value: "Site (/x)" });
});

test.each([
  ["RICH_TEXT", { type: "textarea", htmlFormatted: true }, "<p> </p>", true],
  ["RICH_TEXT", { type: "textarea", htmlFormatted: true }, "<p>a</p>", false],
  ["TEXT", { nillable: false }, "  ", true],
  ["TEXT", {}, undefined, true],
  ["CHECKBOX", { type: "boolean" }, null, true],
  ["CHECKBOX", { type: "boolean" }, false, false],
  ["MULTISELECT", { type: "multipicklist" }, [], true],
  ["NUMBER", { type: "double" }, 0, false],
  ["NUMBER", { type: "double" }, "x", false],
] as const)("%s with %j: %j is blank: %p", (type, campaign, raw, blank) => {
  const pairing = pairFields(aCircaField({ type }), aCampaignField(campaign));
  const converted = pairing.allowed && pairing.conversion.toCampaign(raw, aContext());
  expect(converted && isBlankSource(raw, converted)).toBe(blank);
});
