/** The Event Info fields that every workspace has, before any custom ones. */
import type { FieldRow, FieldType } from "./entities.ts";
import { circaId } from "./ids.ts";

type StandardField = Pick<FieldRow, "fieldName" | "label" | "type"> &
  Partial<Pick<FieldRow, "options" | "required" | "readOnly" | "section">>;

const eventStatuses = ["CONSIDERING", "COMMITTED", "SKIPPING", "COMPLETED"];
const eventTypes = ["Trade Show", "Conference", "Field Event", "Webinar", "Hosted Dinner"];
const eventRoles = ["Sponsor", "Exhibitor", "Speaker", "Host", "Attendee"];

const standard = (
  fieldName: string,
  label: string,
  type: FieldType,
  more: Partial<StandardField> = {},
): StandardField => ({ fieldName, label, type, ...more });

const catalogue: readonly StandardField[] = [
  standard("name", "Event Name", "TEXT", { required: true }),
  standard("status", "Status", "SELECT", { options: eventStatuses }),
  standard("types", "Event Type", "MULTISELECT", { options: eventTypes }),
  standard("roles", "Our Role", "MULTISELECT", { options: eventRoles }),
  standard("team", "Team", "TEAM"),
  standard("leader", "Event Leader", "PERSON"),
  standard("start_date", "Start Date", "DATE"),
  standard("end_date", "End Date", "DATE"),
  standard("time_zone", "Time Zone", "TEXT"),
  standard("location", "Location", "TEXT"),
  standard("website", "Website", "URL"),
  standard("brief_url", "Event Brief", "URL", { readOnly: true }),
  standard("planned_total", "Planned Total", "CURRENCY", { readOnly: true, section: "Budget" }),
  standard("actual_total", "Actual Total", "CURRENCY", { readOnly: true, section: "Budget" }),
  standard("paid_total", "Paid Total", "CURRENCY", { readOnly: true, section: "Budget" }),
];

/** Fresh rows of the standard fields, in their order. */
export function standardFields(): FieldRow[] {
  return catalogue.map((field, index) => ({
    id: circaId("FieldType", index + 1),
    fieldName: field.fieldName,
    label: field.label,
    type: field.type,
    options: field.options ?? [],
    section: field.section ?? "Basics",
    required: field.required ?? false,
    readOnly: field.readOnly ?? false,
    order: index + 1,
    crmSync: null,
  }));
}
