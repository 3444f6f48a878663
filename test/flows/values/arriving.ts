/** What arrives as what: an edit on the owning side, and exactly what the other side then holds. */

export interface ArrivingInSalesforce {
  /** The pair of types and the rule. */
  readonly rule: string;
  /** On the Event, custom fields by their label. */
  readonly edit: Readonly<Record<string, unknown>>;
  /** On the Campaign. */
  readonly stored: Readonly<Record<string, unknown>>;
  /** The field can't be edited: Circa derives it. */
  readonly derived?: true;
}

export interface ArrivingInCirca {
  readonly rule: string;
  /** On the Campaign. */
  readonly edit: Readonly<Record<string, unknown>>;
  /** On the Event, custom fields by their label. */
  readonly stored: Readonly<Record<string, unknown>>;
}

const html =
  '<p>Good <b>leads</b> &amp; <a href="https://example.com/a?b=1">talks</a></p><ul><li>one</li></ul>';

/** Rows of the fields that the demo maps To Salesforce. */
export const arrivingInSalesforce: readonly ArrivingInSalesforce[] = [
  {
    rule: "text: quotes, markup and emoji as they are",
    edit: { location: `Halle "4" <b>&amp; 🎪 Wien` },
    stored: { Circa_Location__c: `Halle "4" <b>&amp; 🎪 Wien` },
  },
  {
    rule: "text: blanks trimmed at its ends, kept inside",
    edit: { "Booth Number": "  Hall 4 –  B12 " },
    stored: { Booth_Number__c: "Hall 4 –  B12" },
  },
  {
    rule: "text: as long as the Campaign field",
    edit: { name: "n".repeat(80) },
    stored: { Name: "n".repeat(80) },
  },
  {
    rule: "long text: every kind of line ending, ends trimmed",
    edit: { Agenda: "one\ntwo\r\nthree\rfour\n\n" },
    stored: { Agenda__c: "one\r\ntwo\r\nthree\r\nfour" },
  },
  {
    rule: "long text: empty lines and blanks inside stay",
    edit: { Agenda: "one\n\n  two" },
    stored: { Agenda__c: "one\r\n\r\n  two" },
  },
  {
    rule: "rich text: HTML as it is",
    edit: { "Post-Event Notes": html },
    stored: { Post_Event_Notes__c: html },
  },
  {
    rule: "URL: query and umlauts as they are",
    edit: { website: "https://example.com/wien?a=1&b=%20#ü" },
    stored: { Circa_Website__c: "https://example.com/wien?a=1&b=%20#ü" },
  },
  {
    rule: "URL of a custom field",
    edit: { "Registration Page": "https://example.com/register" },
    stored: { Registration_Page__c: "https://example.com/register" },
  },
  {
    rule: "phone: as it is written",
    edit: { "Onsite Contact Phone": "+43 (1) 234-56 78 x9" },
    stored: { Onsite_Contact_Phone__c: "+43 (1) 234-56 78 x9" },
  },
  {
    rule: "number: zero is a value",
    edit: { "Lead Goal": 0 },
    stored: { Lead_Goal__c: 0 },
  },
  {
    rule: "number: rounded half up to the Campaign field's decimals",
    edit: { "Lead Goal": 12.5 },
    stored: { Lead_Goal__c: 13 },
  },
  {
    rule: "number: negative halves are rounded away from zero",
    edit: { "Lead Goal": -12.5 },
    stored: { Lead_Goal__c: -13 },
  },
  {
    rule: "number: the largest that fits",
    edit: { "Lead Goal": 99_999_999 },
    stored: { Lead_Goal__c: 99_999_999 },
  },
  {
    rule: "checkbox: unchecked",
    edit: { "Booth Staffed": false },
    stored: { Booth_Staffed__c: false },
  },
  {
    rule: "checkbox: checked",
    edit: { "Booth Staffed": true },
    stored: { Booth_Staffed__c: true },
  },
  {
    rule: "date: furthest ahead of UTC",
    edit: { time_zone: "Pacific/Kiritimati", start_date: "2027-01-01", end_date: "2027-01-02" },
    stored: { StartDate: "2027-01-01", EndDate: "2027-01-02" },
  },
  {
    rule: "date: furthest behind UTC",
    edit: { time_zone: "Pacific/Pago_Pago", start_date: "2026-12-31", end_date: "2027-01-01" },
    stored: { StartDate: "2026-12-31", EndDate: "2027-01-01" },
  },
  {
    rule: "date: the days on which New York's clocks change",
    edit: { time_zone: "America/New_York", start_date: "2027-03-14", end_date: "2027-11-07" },
    stored: { StartDate: "2027-03-14", EndDate: "2027-11-07" },
  },
  {
    rule: "date: the day on which Cairo has no midnight",
    edit: { time_zone: "Africa/Cairo", start_date: "2027-04-30", end_date: "2028-02-29" },
    stored: { StartDate: "2027-04-30", EndDate: "2028-02-29" },
  },
  {
    rule: "text: the time zone itself",
    edit: { time_zone: "Asia/Kathmandu" },
    stored: { Circa_Time_Zone__c: "Asia/Kathmandu" },
  },
  {
    rule: "time: the first minute of the day",
    edit: { "Doors Open": "00:00" },
    stored: { Doors_Open__c: "00:00:00.000Z" },
  },
  {
    rule: "time: the last minute of the day",
    edit: { "Doors Open": "23:59" },
    stored: { Doors_Open__c: "23:59:00.000Z" },
  },
  {
    rule: "e-mail: with all that an address may hold",
    edit: { "Onsite Contact Email": "vera.o'neil+wien@example.com" },
    stored: { Onsite_Contact_Email__c: "vera.o'neil+wien@example.com" },
  },
  {
    rule: "e-mail: in lower case, as Salesforce keeps it",
    edit: { "Onsite Contact Email": "Front.Desk@Example.com" },
    stored: { Onsite_Contact_Email__c: "front.desk@example.com" },
  },
  {
    rule: "select: the stored value",
    edit: { status: "SKIPPING" },
    stored: { Circa_Event_Status__c: "SKIPPING" },
  },
  {
    rule: "multi-select: in the picklist's own order",
    edit: { "Products Shown": ["Summit Services", "Atlas Platform"] },
    stored: { Products_Shown__c: "Atlas Platform;Summit Services" },
  },
  {
    rule: "multi-select: types and roles",
    edit: { types: ["Workshop", "Conference"], roles: ["Sponsor"] },
    stored: { Circa_Event_Types__c: "Conference;Workshop", Circa_Roles__c: "Sponsor" },
  },
  {
    rule: "team: its name",
    edit: { team: { id: "VGVhbS00MTAz" } },
    stored: { Circa_Team__c: "Field Marketing APAC" },
  },
  {
    rule: "read-only totals: rounded half up, to the cent where the Campaign field has cents",
    edit: { planned_total: 1234.5, actual_total: 0.1 + 0.2, paid_total: 1234.565 },
    stored: { BudgetedCost: 1235, ActualCost: 0, Circa_Paid_Total__c: 1234.57 },
    derived: true,
  },
  {
    rule: "read-only totals: large ones to the cent",
    edit: { paid_total: 9_999_999_999.99 },
    stored: { Circa_Paid_Total__c: 9_999_999_999.99 },
    derived: true,
  },
];

/** Rows of the fields that the demo maps From Salesforce. */
export const arrivingInCirca: readonly ArrivingInCirca[] = [
  {
    rule: "currency: to the cent",
    edit: { Sponsorship_Fee__c: 12_345.67 },
    stored: { "Sponsorship Fee": 12_345.67 },
  },
  {
    rule: "currency: zero is a value",
    edit: { Sponsorship_Fee__c: 0 },
    stored: { "Sponsorship Fee": 0 },
  },
  {
    rule: "currency: negative",
    edit: { Sponsorship_Fee__c: -0.01 },
    stored: { "Sponsorship Fee": -0.01 },
  },
  {
    rule: "percent: the plain number of percent",
    edit: { Win_Rate_Goal__c: 12.5 },
    stored: { "Win Rate Goal": 12.5 },
  },
  {
    rule: "date: a leap day",
    edit: { Follow_Up_Due__c: "2028-02-29" },
    stored: { "Follow-Up Due": "2028-02-29" },
  },
  {
    rule: "date: the last day of a year",
    edit: { Follow_Up_Due__c: "2026-12-31" },
    stored: { "Follow-Up Due": "2026-12-31" },
  },
  {
    rule: "picklist: the stored value",
    edit: { Event_Tier__c: "C – Local" },
    stored: { "Event Tier": "C – Local" },
  },
];

/** The same pairs the other way, once an admin has turned their mappings round. */
export const arrivingInCircaTurnedRound: readonly ArrivingInCirca[] = [
  {
    rule: "text",
    edit: { Booth_Number__c: " Hall 5 – “A” " },
    stored: { "Booth Number": "Hall 5 – “A”" },
  },
  {
    rule: "long text: one kind of line ending",
    edit: { Agenda__c: "one\r\ntwo\r\n\r\nthree" },
    stored: { Agenda: "one\ntwo\n\nthree" },
  },
  {
    rule: "rich text: HTML as it is",
    edit: { Post_Event_Notes__c: html },
    stored: { "Post-Event Notes": html },
  },
  {
    rule: "URL",
    edit: { Registration_Page__c: "https://example.com/2" },
    stored: { "Registration Page": "https://example.com/2" },
  },
  {
    rule: "e-mail",
    edit: { Onsite_Contact_Email__c: "ben@example.com" },
    stored: { "Onsite Contact Email": "ben@example.com" },
  },
  {
    rule: "phone",
    edit: { Onsite_Contact_Phone__c: "+49 30 1234567" },
    stored: { "Onsite Contact Phone": "+49 30 1234567" },
  },
  {
    rule: "number",
    edit: { Lead_Goal__c: 77 },
    stored: { "Lead Goal": 77 },
  },
  {
    rule: "checkbox",
    edit: { Booth_Staffed__c: true },
    stored: { "Booth Staffed": true },
  },
  {
    rule: "time: hours and minutes",
    edit: { Doors_Open__c: "07:05:00.000Z" },
    stored: { "Doors Open": "07:05" },
  },
  {
    rule: "multi-select picklist: a list of the stored values",
    edit: { Products_Shown__c: "Summit Services;Beacon Analytics" },
    stored: { "Products Shown": ["Beacon Analytics", "Summit Services"] },
  },
  {
    rule: "date: unchanged however far the Event is from UTC",
    edit: { StartDate: "2027-03-28", EndDate: "2027-03-28" },
    stored: { start_date: "2027-03-28", end_date: "2027-03-28" },
  },
];

export const arrivingInSalesforceTurnedRound: readonly ArrivingInSalesforce[] = [
  {
    rule: "currency: rounded half up to the cent",
    edit: { "Sponsorship Fee": 1.005 },
    stored: { Sponsorship_Fee__c: 1.01 },
  },
  {
    rule: "percent: rounded half up to the Campaign field's decimals",
    edit: { "Win Rate Goal": 99.95 },
    stored: { Win_Rate_Goal__c: 100 },
  },
  {
    rule: "date",
    edit: { "Follow-Up Due": "2027-10-31" },
    stored: { Follow_Up_Due__c: "2027-10-31" },
  },
  {
    rule: "select",
    edit: { "Event Tier": "A – Flagship" },
    stored: { Event_Tier__c: "A – Flagship" },
  },
];
