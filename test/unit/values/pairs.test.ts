import fc from "fast-check";
import { campaignKinds, type CampaignKind } from "../../../middleware/model/campaign-kinds.ts";
import { circaFieldTypes } from "../../../middleware/model/circa-types.ts";
import type { Conversion, Converted } from "../../../middleware/sync/values/conversion.ts";
import { pairFields } from "../../../middleware/sync/values/table/pairing.ts";
import { valueEntries } from "../../../middleware/model/problems/entries/value.ts";
import { wordsOf } from "../../../middleware/model/problems/words.ts";
import { valueTable } from "../../../middleware/sync/values/table/table.ts";
import {
  campaignField,
  campaignValue,
  circaField,
  circaValue,
  contexts,
} from "../../support/values/arbitraries.ts";
import { storedByCirca, storedBySalesforce } from "../../support/values/stored.ts";

const kinds = Object.keys(campaignKinds) as CampaignKind[];
const allowed = circaFieldTypes.flatMap((type) =>
  kinds.flatMap((kind) => {
    const rule = valueTable[type][kind];
    return rule ? [{ type, kind, directions: rule.directions }] : [];
  }),
);

function conversionOf(...fields: Parameters<typeof pairFields>): Conversion {
  const pairing = pairFields(...fields);
  if (!pairing.allowed) throw new Error(pairing.reason);
  return pairing.conversion;
}

const valueOf = (result: Converted): unknown => {
  if (!result.ok) throw new Error(wordsOf(result.problem).message);
  return result.value;
};

describe.each(allowed)("$type with $kind", ({ type, kind, directions }) => {
  const fields = { circa: circaField(type), campaign: campaignField(kind), context: contexts };
  const fromCirca = { ...fields, value: circaValue(type) };
  const fromCampaign = { ...fields, value: campaignValue(kind) };

  test("a value sent to the Campaign is equal once Salesforce has stored it", () => {
    fc.assert(
      fc.property(fc.record(fromCirca), ({ circa, campaign, context, value }) => {
        const conversion = conversionOf(circa, campaign);
        const sent = conversion.toCampaign(value, context);
        if (!sent.ok) return;
        const stored = storedBySalesforce(campaign, sent.value);
        expect(conversion.equal(value, stored, context)).toBe(true);
      }),
    );
  });

  test("a value sent to Circa is equal once Circa has stored it", () => {
    fc.assert(
      fc.property(fc.record(fromCampaign), ({ circa, campaign, context, value }) => {
        const conversion = conversionOf(circa, campaign);
        const sent = conversion.toCirca(value, context);
        if (!sent.ok) return;
        expect(conversion.equal(storedByCirca(circa, sent.value), value, context)).toBe(true);
      }),
    );
  });

  test("there and back changes nothing that was representable", () => {
    fc.assert(
      fc.property(fc.record(fromCirca), ({ circa, campaign, context, value }) => {
        const conversion = conversionOf(circa, campaign);
        const sent = conversion.toCampaign(value, context);
        if (!sent.ok) return;
        const stored = storedBySalesforce(campaign, sent.value);
        const back = conversion.toCirca(stored, context);
        if (!back.ok) return;
        const circaNow = storedByCirca(circa, back.value);
        expect(conversion.equal(circaNow, stored, context)).toBe(true);
        const again = storedBySalesforce(
          campaign,
          valueOf(conversion.toCampaign(circaNow, context)),
        );
        expect(conversion.equal(value, again, context)).toBe(true);
        expect(conversion.equal(circaNow, again, context)).toBe(true);
      }),
    );
  });

  test("two values that equal the same one equal each other's", () => {
    const two = { ...fromCirca, other: circaValue(type) };
    fc.assert(
      fc.property(fc.record(two), ({ circa, campaign, context, value, other }) => {
        const conversion = conversionOf(circa, campaign);
        const [left, right] = [value, other].map((raw) => conversion.toCampaign(raw, context));
        if (!left?.ok || !right?.ok) return;
        const [here, there] = [left, right].map((sent) => storedBySalesforce(campaign, sent.value));
        expect(conversion.equal(value, there, context)).toBe(
          conversion.equal(other, here, context),
        );
      }),
    );
  });

  test("any JSON gives a value that holds, or a problem in words; nothing throws", () => {
    const wild = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom(
        Number.NaN,
        Infinity,
        undefined,
        "x".repeat(200_000),
        [],
        {},
        "\u0000",
        "\ud800",
      ),
      circaValue(type),
      campaignValue(kind),
    );
    fc.assert(
      fc.property(
        fc.record({ ...fields, a: wild, b: wild }),
        ({ circa, campaign, context, a, b }) => {
          const conversion = conversionOf(circa, campaign);
          expect(typeof conversion.equal(a, b, context)).toBe("boolean");
          const toCampaign = conversion.toCampaign(a, context);
          const toCirca = conversion.toCirca(b, context);
          for (const result of [toCampaign, toCirca]) expectReadable(result);
          const held = [
            !toCampaign.ok ||
              conversion.equal(a, storedBySalesforce(campaign, toCampaign.value), context),
            !toCirca.ok || conversion.equal(storedByCirca(circa, toCirca.value), b, context),
          ];
          expect(held).toEqual([true, true]);
        },
      ),
    );
  });

  test("the direction that doesn't work says so", () => {
    fc.assert(
      fc.property(fc.record(fromCirca), ({ circa, campaign, context, value }) => {
        const conversion = conversionOf(circa, campaign);
        const results = {
          to_salesforce: conversion.toCampaign(value, context),
          from_salesforce: conversion.toCirca(value, context),
        };
        for (const direction of ["to_salesforce", "from_salesforce"] as const) {
          const result = results[direction];
          const oneWay = !result.ok && result.problem.code === "ONE_WAY";
          expect(oneWay).toBe(!directions.includes(direction));
        }
      }),
      { numRuns: 5 },
    );
  });
});

function expectReadable(result: Converted): void {
  if (result.ok) return;
  const { code } = result.problem;
  const { message, hint } = wordsOf(result.problem);
  expect(Object.keys(valueEntries)).toContain(code);
  expect(message).toMatch(/"Circa field".*"Campaign field"|"Campaign field".*"Circa field"/s);
  expect(message.length).toBeLessThan(400);
  expect(hint).toMatch(/^[A-Z].*\.$/s);
}
