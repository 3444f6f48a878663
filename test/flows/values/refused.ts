/** What can't be converted: the value, the problem's code, and what of it people are told. */

export interface Refused {
  readonly rule: string;
  /** A standard field's name, or a custom field's label. */
  readonly field: string;
  readonly value: unknown;
  /** Circa itself would take it from a person; otherwise it got in past Circa's checks. */
  readonly typedIn?: true;
  readonly code: string;
  /** Part of the message: the offending value, as people see it. */
  readonly says: string;
  /** A value that corrects it. */
  readonly corrected: unknown;
}

/** On the Event, for fields that the demo maps To Salesforce. */
export const refusedByCampaign: readonly Refused[] = [
  {
    rule: "text longer than the Campaign field",
    field: "Booth Number",
    value: "b".repeat(41),
    typedIn: true,
    code: "VALUE_TOO_LONG",
    says: "bbbb",
    corrected: "B1",
  },
  {
    rule: "a Campaign's name longer than 80 characters",
    field: "name",
    value: "n".repeat(81),
    typedIn: true,
    code: "VALUE_TOO_LONG",
    says: "81 characters",
    corrected: "Spring Summit",
  },
  {
    rule: "line breaks in a field of one line",
    field: "Booth Number",
    value: "one\ntwo",
    typedIn: true,
    code: "LINE_BREAKS",
    says: "one two",
    corrected: "one, two",
  },
  {
    rule: "long text whose line endings make it too long",
    field: "Agenda",
    value: `${"a".repeat(3_999)}\nb`,
    typedIn: true,
    code: "VALUE_TOO_LONG",
    says: "4002 characters",
    corrected: "short",
  },
  {
    rule: "a control character",
    field: "Booth Number",
    value: "B\u00071",
    typedIn: true,
    code: "INVALID_CHARACTERS",
    says: "control character",
    corrected: "B1",
  },
  {
    rule: "half an emoji",
    field: "Booth Number",
    value: "B\ud83c",
    typedIn: true,
    code: "INVALID_CHARACTERS",
    says: "broken emoji",
    corrected: "B🎪",
  },
  {
    rule: "a number for a text",
    field: "Booth Number",
    value: 42,
    code: "WRONG_SHAPE",
    says: "42",
    corrected: "42",
  },
  {
    rule: "an object for a text",
    field: "Agenda",
    value: { blocks: [{ text: "hi" }] },
    code: "WRONG_SHAPE",
    says: "blocks",
    corrected: "hi",
  },
  {
    rule: "a number with more digits than the Campaign field",
    field: "Lead Goal",
    value: 100_000_000,
    typedIn: true,
    code: "NUMBER_TOO_LARGE",
    says: "100000000",
    corrected: 100,
  },
  {
    rule: "a number that is none",
    field: "Lead Goal",
    value: "1.234,50 €",
    code: "NOT_A_NUMBER",
    says: "1.234,50 €",
    corrected: 1_234,
  },
  {
    rule: "a derived total with more digits than travel exactly",
    field: "planned_total",
    value: 9_007_199_254_740_991,
    code: "NUMBER_NOT_EXACT",
    says: "9007199254740991",
    corrected: 5_000,
  },
  {
    rule: "a checkbox that is neither",
    field: "Booth Staffed",
    value: "maybe",
    code: "WRONG_SHAPE",
    says: "maybe",
    corrected: true,
  },
  {
    rule: "an e-mail address that is none",
    field: "Onsite Contact Email",
    value: "ask at the desk",
    code: "INVALID_EMAIL",
    says: "ask at the desk",
    corrected: "desk@example.com",
  },
  {
    rule: "a script for a web address",
    field: "website",
    value: "javascript:alert(1)",
    code: "INVALID_URL",
    says: "javascript:alert(1)",
    corrected: "https://example.com",
  },
  {
    rule: "a day that is not in the calendar",
    field: "start_date",
    value: "2027-02-30",
    code: "INVALID_DATE",
    says: "2027-02-30",
    corrected: "2027-02-28",
  },
  {
    rule: "a date in words",
    field: "end_date",
    value: "mid May",
    code: "INVALID_DATE",
    says: "mid May",
    corrected: "2027-05-15",
  },
  {
    rule: "a time that is none",
    field: "Doors Open",
    value: "25:61",
    code: "INVALID_TIME",
    says: "25:61",
    corrected: "08:00",
  },
  {
    rule: "a value that the picklist does not have",
    field: "status",
    value: "DANCING",
    code: "VALUE_NOT_IN_LIST",
    says: "DANCING",
    corrected: "COMMITTED",
  },
  {
    rule: "a value that the multi-select picklist does not have",
    field: "Products Shown",
    value: ["Atlas Platform", "Zenith"],
    code: "VALUE_NOT_IN_LIST",
    says: "Zenith",
    corrected: ["Atlas Platform"],
  },
  {
    rule: "something else than a list for a multi-select",
    field: "roles",
    value: { Sponsor: true },
    code: "WRONG_SHAPE",
    says: "Sponsor",
    corrected: ["Sponsor"],
  },
  {
    rule: "a person who is no longer an active user",
    field: "leader",
    value: { email: "gordon.pell@northlark.example" },
    typedIn: true,
    code: "USER_NOT_FOUND",
    says: "gordon.pell@northlark.example",
    corrected: { email: "maya.lindqvist@northlark.example" },
  },
  {
    rule: "a person who is nobody in Salesforce",
    field: "leader",
    value: { id: "UGVyc29uLTk", email: "freelancer@example.com", first_name: "Fay" },
    code: "USER_NOT_FOUND",
    says: "freelancer@example.com",
    corrected: { email: "maya.lindqvist@northlark.example" },
  },
  {
    rule: "a person without an e-mail address",
    field: "leader",
    value: { id: "UGVyc29uLTk", first_name: "Fay" },
    code: "PERSON_WITHOUT_EMAIL",
    says: "Fay",
    corrected: { email: "maya.lindqvist@northlark.example" },
  },
  {
    rule: "a required Campaign field that would become blank",
    field: "name",
    value: "  ",
    code: "REQUIRED_BLANK",
    says: "blank",
    corrected: "Spring Summit",
  },
];
