/** One Event as the team planned it, before either system has its own way of writing it down. */
import { DateTime } from "luxon";
import type { EventTemplate } from "./event-templates.ts";
import { executives, type SeedPerson } from "./people.ts";

export interface PlannedEvent extends EventTemplate {
  readonly endDate: string;
  readonly website: string;
  readonly plannedTotal: number;
  readonly actualTotal: number;
  readonly paidTotal: number;
  readonly agenda: string;
  readonly registrationPage: string;
  readonly onsiteContactEmail: string;
  readonly onsiteContactPhone: string;
  readonly sponsorshipFee: number | null;
  readonly winRateGoal: number;
  readonly boothStaffed: boolean;
  readonly followUpDue: string;
  /** By the clock at the venue, `HH:mm`. */
  readonly doorsOpen: string;
  readonly executiveSponsor: SeedPerson;
  /** HTML; null before the event. */
  readonly postEventNotes: string | null;
}

/**
 * The n-th Event of the seed. Templates come round again with an edition number in the name, each
 * time a week later, so any number of Events differ from each other and from run to run nothing does.
 */
export function planEvent(templates: readonly EventTemplate[], index: number): PlannedEvent {
  const template = templates[index % templates.length];
  if (template === undefined) throw new RangeError("There are no Event templates to seed from");
  const edition = Math.floor(index / templates.length) + 1;
  const start = DateTime.fromISO(template.startDate).plus({ weeks: (edition - 1) % 40 });
  const end = start.plus({ days: template.days - 1 });
  const name = edition === 1 ? template.name : `${template.name}, Edition ${edition}`;
  const slug = slugOf(name);
  const completed = template.status === "COMPLETED";
  return {
    ...template,
    name,
    startDate: start.toFormat("yyyy-MM-dd"),
    endDate: end.toFormat("yyyy-MM-dd"),
    website: `https://events.northlark.example/${slug}`,
    plannedTotal: template.budget,
    actualTotal: completed ? template.budget + 1250 : Math.round(template.budget / 8),
    paidTotal: completed ? template.budget + 1250 : Math.round(template.budget / 20) + 0.5,
    agenda: agendaOf(template),
    registrationPage: `https://events.northlark.example/${slug}/register`,
    onsiteContactEmail: `venue+${slug}@northlark.example`,
    onsiteContactPhone: `+44 20 7946 0${String(100 + (index % 900))}`,
    sponsorshipFee: template.roles.includes("Sponsor") ? (template.budget * 35) / 100 : null,
    winRateGoal: 12.5 + (index % 5) * 2.5,
    boothStaffed: template.booth !== null && index % 2 === 0,
    followUpDue: end.plus({ weeks: 2 }).toFormat("yyyy-MM-dd"),
    doorsOpen: template.type === "Executive Dinner" ? "18:30" : "08:30",
    executiveSponsor: executives[index % executives.length] ?? executives[0],
    postEventNotes: completed
      ? "<p>Every region met its plan. <b>Next year:</b> two days instead of three.</p>"
      : null,
  };
}

function agendaOf({ type, days }: EventTemplate): string {
  const opening = type === "Executive Dinner" ? "18:30 Welcome drinks" : "08:30 Doors open, coffee";
  const lines = [opening, "Opening by the host", "Live demo and questions"];
  return [...lines, days > 1 ? `Programme over ${days} days` : "Close and thanks"].join("\n");
}

/** `Atlas Roadshow: Ciudad de México` becomes `atlas-roadshow-ciudad-de-mexico`. */
function slugOf(name: string): string {
  const plain = name
    .normalize("NFD")
    .replaceAll(/\p{Diacritic}/gu, "")
    .toLowerCase();
  return plain.replaceAll(/[^a-z0-9]+/g, "-").replaceAll(/^-|-$/g, "");
}
