/** Writes the package's class that knows which types fit. */
import { circaFieldTypes } from "../../middleware/model/circa-types.ts";
import { both, type Rule } from "../../middleware/sync/values/table/rules.ts";
import { valueTable } from "../../middleware/sync/values/table/table.ts";
import { labelOf } from "./type-words.ts";

function wayOf({ directions }: Rule): string {
  if (directions.length === both.length) return "both";
  return directions[0] === "to_salesforce" ? "to" : "from";
}

const entries = (values: readonly (readonly [string, string])[]): string =>
  values.map(([key, value]) => `        '${key}' => ${value}`).join(",\n");

/** The whole class, formatted as Prettier would. */
export function pairsClass(): string {
  const fitting = circaFieldTypes.map((type) => {
    const pairs = Object.entries(valueTable[type]).map(([kind, rule]) => `${kind}:${wayOf(rule)}`);
    return [type, `'${pairs.join(" ")}'`] as const;
  });
  const nouns = circaFieldTypes.map((type) => [type, `Label.${labelOf(type)}`] as const);
  return `/**
 * @description Circa's types of fields: their words, and which kind of Campaign field each fits, in
 * which direction. What is not here is refused. Written by scripts/generate-values.ts from the table
 * that the sync service uses: change that one.
 * @see CircaCampaignField for the kinds
 */
public with sharing class CircaFieldPairs {
    /** Both directions, To Salesforce only, From Salesforce only. */
    public static final String BOTH = 'both';
    public static final String TO = 'to';
    public static final String TAKEN_FROM = 'from';

    private static final Map<String, String> FITTING = new Map<String, String>{
${entries(fitting)}
    };

    private static final Map<String, String> NOUNS = new Map<String, String>{
${entries(nouns)}
    };

    /**
     * @description Gives the whole table, for the page that offers fields.
     * @return Directions by kind of Campaign field, by type of Circa field.
     */
    public static Map<String, Map<String, String>> all() {
        Map<String, Map<String, String>> table = new Map<String, Map<String, String>>();
        for (String circaType : FITTING.keySet()) {
            table.put(circaType, fitting(circaType));
        }
        return table;
    }

    /**
     * @description Names the kinds that fit a type, in the table's order.
     * @param circaType Circa's type, upper case.
     * @return Directions by kind; empty when nothing fits.
     */
    public static Map<String, String> fitting(String circaType) {
        Map<String, String> kinds = new Map<String, String>();
        if (!FITTING.containsKey(circaType)) {
            return kinds;
        }
        for (String entry : FITTING.get(circaType).split(' ')) {
            if (entry.contains(':')) {
                kinds.put(entry.substringBefore(':'), entry.substringAfter(':'));
            }
        }
        return kinds;
    }

    /**
     * @description Says a type in the running user's language.
     * @param circaType Circa's type, upper case.
     * @return A noun; null for a type that this version does not know.
     */
    public static String noun(String circaType) {
        return NOUNS.get(circaType);
    }
}
`;
}
