/** Circa's fields, for the mapping page. */
import type { CircaField } from "../model/fields.ts";
import type { ScreenValues } from "../systems/salesforce/screens.ts";

const maxOptionsLength = 32_768;

/** @param keys those that were ever shown; the ones that Circa no longer has are switched off */
export function fieldRows(
  catalogue: readonly CircaField[],
  keys: readonly string[],
): Map<string, ScreenValues> {
  const fields = new Map(catalogue.map((field, order) => [field.key, { field, order }]));
  return new Map(
    keys.map((key) => {
      const found = fields.get(key);
      if (found === undefined) return [key, { Field_Key__c: key, Is_Active__c: false }];
      return [key, valuesOf(found.field, found.order)];
    }),
  );
}

function valuesOf(field: CircaField, order: number): ScreenValues {
  return {
    Field_Key__c: field.key,
    Name: field.label,
    Label__c: field.label,
    Type__c: field.type,
    Section__c: field.section,
    Order__c: order,
    Is_Required__c: field.required,
    Is_Read_Only__c: field.readOnly,
    Is_Custom__c: field.custom,
    Options__c: field.options.length === 0 ? null : optionsOf(field.options),
    Is_Active__c: true,
  };
}

/** As many whole options as fit. */
function optionsOf(options: readonly string[]): string {
  let fitting = options;
  while (JSON.stringify(fitting).length > maxOptionsLength) {
    fitting = fitting.slice(0, Math.floor(fitting.length * 0.9));
  }
  return JSON.stringify(fitting);
}
