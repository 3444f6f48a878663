/** Fields for tests of values: valid by default, overridden in what a test is about. */
import type { CampaignField, CircaField, PicklistValue } from "../../../middleware/model/fields.ts";
import type { ValueContext } from "../../../middleware/sync/values/conversion.ts";

export const aCircaField = (overrides: Partial<CircaField> = {}): CircaField => ({
  key: "Q3VzdG9tRmllbGRUeXBlLTE",
  id: "Q3VzdG9tRmllbGRUeXBlLTE",
  label: "Circa field",
  type: "TEXT",
  custom: true,
  section: "Custom",
  options: [],
  required: false,
  readOnly: false,
  ...overrides,
});

export const aCampaignField = (overrides: Partial<CampaignField> = {}): CampaignField => ({
  name: "Campaign_Field__c",
  label: "Campaign field",
  type: "string",
  length: 255,
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
  ...overrides,
});

export const aPicklistValue = (
  value: string,
  overrides: Partial<PicklistValue> = {},
): PicklistValue => ({
  value,
  label: value,
  active: true,
  defaultValue: false,
  validFor: null,
  ...overrides,
});

const users = [
  { id: "005000000000001AAA", email: "ana@example.com", first_name: "Ana", last_name: "Silva" },
  {
    id: "005000000000002AAA",
    email: "o'neil@example.com",
    first_name: "Sean",
    last_name: "O'Neil",
  },
  { id: "005000000000003AAA", email: "li@example.cn", first_name: "Li", last_name: null },
] as const;

/** The Salesforce users that the context knows; the inactive one can be read, not assigned. */
export const knownUsers = users;
export const inactiveUser = { id: "005000000000009AAA", email: "gone@example.com" } as const;

export const aContext = (overrides: Partial<ValueContext> = {}): ValueContext => ({
  timeZone: "America/New_York",
  activeUserIdByEmail: (email) => users.find((user) => user.email === email)?.id ?? null,
  emailByUserId: (id) => [...users, inactiveUser].find((user) => user.id === id)?.email ?? null,
  ...overrides,
});
