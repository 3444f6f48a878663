import type { Org } from "../data/org.ts";
import type { FieldValue } from "../schema/types.ts";

type Row = Readonly<Record<string, FieldValue>>;

/**
 * Standard profiles are named in the language of the user who asks ([NebulaLogger
 * 271](https://github.com/jongpie/NebulaLogger/issues/271): "Standardbenutzer"). The other German names are
 * unverified; what matters is that they are not the English ones.
 */
const namesByLanguage: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  de: {
    "System Administrator": "Systemadministrator",
    "Standard User": "Standardbenutzer",
    "Minimum Access - Salesforce": "Mindestzugriff – Salesforce",
    "Minimum Access - API Only Integrations": "Mindestzugriff – Nur API-Integrationen",
  },
};

/** A profile as this user sees it. */
export function profileRow(org: Org, userId: string, row: Row): Row {
  const language = String(org.store.get("User", userId)?.LanguageLocaleKey ?? "");
  const name = namesByLanguage[language.split("_")[0] ?? ""]?.[String(row.Name)];
  return name === undefined ? row : { ...row, Name: name };
}
