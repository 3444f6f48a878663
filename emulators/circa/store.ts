/** The workspace's rows, in memory. Rows are never changed in place: a change puts a new row. */
import { fieldKey, type EventRow, type FieldRow, type Person, type Team } from "./entities.ts";
import { circaId, numberOfCircaId, type CircaIdType } from "./ids.ts";

const firstNumbers: Record<CircaIdType, number> = {
  Event: 78_941,
  CustomFieldType: 196_901,
  FieldType: 1,
  Team: 4_101,
  User: 3_001,
  Webhook: 901,
};

const pastsKept = 20;

export class CircaStore {
  readonly events = new Map<string, EventRow>();
  readonly teams = new Map<string, Team>();
  readonly #fields = new Map<string, FieldRow>();
  #fieldsInOrder: readonly FieldRow[] | null = null;
  readonly #people = new Map<string, Person>();
  /** Which Event has a Campaign: at most one. */
  readonly #eventIdByCampaignId = new Map<string, string>();
  readonly #lastNumbers = new Map<CircaIdType, number>();
  /** Earlier rows of each Event, oldest first, for what looks back. */
  readonly #pasts = new Map<string, EventRow[]>();
  readonly #deleted = new Map<string, { readonly row: EventRow; readonly at: Date }>();

  clear(): void {
    for (const map of [this.events, this.#fields, this.teams, this.#people]) map.clear();
    this.#eventIdByCampaignId.clear();
    this.#pasts.clear();
    this.#deleted.clear();
    this.#lastNumbers.clear();
    this.#fieldsInOrder = null;
  }

  /** An id that nothing has yet. */
  newId(type: CircaIdType): string {
    const number = (this.#lastNumbers.get(type) ?? firstNumbers[type] - 1) + 1;
    this.#lastNumbers.set(type, number);
    return circaId(type, number);
  }

  /** Keeps a given id from being made again. */
  reserveId(type: CircaIdType, id: string): void {
    const number = numberOfCircaId(type, id);
    const last = this.#lastNumbers.get(type) ?? firstNumbers[type] - 1;
    if (number !== null && number > last) this.#lastNumbers.set(type, number);
  }

  putEvent(row: EventRow): void {
    const before = this.events.get(row.id);
    if (before !== undefined && before.version !== row.version) this.#savePast(before);
    if (before?.campaignId != null) this.#eventIdByCampaignId.delete(before.campaignId);
    if (row.campaignId !== null) this.#eventIdByCampaignId.set(row.campaignId, row.id);
    this.events.set(row.id, row);
  }

  deleteEvent(row: EventRow, at: Date): void {
    if (row.campaignId !== null) this.#eventIdByCampaignId.delete(row.campaignId);
    this.events.delete(row.id);
    this.#deleted.set(row.id, { row, at });
  }

  /** The Event as it was at that time, as far back as its rows are kept. */
  eventAt(eventId: string, at: Date): EventRow | undefined {
    const rows = [...(this.#pasts.get(eventId) ?? []), this.events.get(eventId)];
    return rows.filter((row) => row !== undefined && row.updatedAt <= at).at(-1) ?? rows[0];
  }

  /** Does the work on the Events as they were at that time; what it puts is lost. */
  asOf<T>(at: Date, work: () => T): T {
    const now = [...this.events];
    for (const [id] of now) {
      const row = this.eventAt(id, at);
      if (row !== undefined) this.events.set(id, row);
    }
    for (const { row, at: deletedAt } of this.#deleted.values()) {
      if (deletedAt > at) this.events.set(row.id, row);
    }
    try {
      return work();
    } finally {
      for (const id of this.#deleted.keys()) this.events.delete(id);
      for (const [id, row] of now) this.events.set(id, row);
    }
  }

  #savePast(row: EventRow): void {
    const past = [...(this.#pasts.get(row.id) ?? []), row];
    this.#pasts.set(row.id, past.slice(-pastsKept));
  }

  eventOfCampaign(campaignId: string): EventRow | undefined {
    const eventId = this.#eventIdByCampaignId.get(campaignId);
    return eventId === undefined ? undefined : this.events.get(eventId);
  }

  putField(row: FieldRow): void {
    this.#fields.set(fieldKey(row), row);
    this.#fieldsInOrder = null;
  }

  deleteField(row: FieldRow): void {
    this.#fields.delete(fieldKey(row));
    this.#fieldsInOrder = null;
  }

  /** All fields as people see them, first to last. */
  fieldsInOrder(): readonly FieldRow[] {
    this.#fieldsInOrder ??= [...this.#fields.values()].sort(
      (left, right) => left.order - right.order,
    );
    return this.#fieldsInOrder;
  }

  /** By field key, or by the id that a standard field has beside its key. */
  findField(keyOrId: string): FieldRow | undefined {
    const byKey = this.#fields.get(keyOrId);
    return byKey ?? this.fieldsInOrder().find((field) => field.id === keyOrId);
  }

  people(): Person[] {
    return [...this.#people.values()];
  }

  personByEmail(email: string): Person | undefined {
    return this.#people.get(email.toLowerCase());
  }

  personById(id: string): Person | undefined {
    return this.people().find((person) => person.id === id);
  }

  /** The person with that e-mail, taken into the workspace when new. */
  ensurePerson(wanted: Partial<Person> & Pick<Person, "email">): Person {
    const known = this.personByEmail(wanted.email);
    if (known) return known;
    const [mailbox = ""] = wanted.email.split("@");
    const [first = "", ...rest] = mailbox.split(/[._-]+/).map(capitalized);
    const person: Person = {
      id: wanted.id ?? this.newId("User"),
      email: wanted.email,
      first_name: wanted.first_name ?? first,
      last_name: wanted.last_name ?? rest.join(" "),
    };
    this.reserveId("User", person.id);
    this.#people.set(person.email.toLowerCase(), person);
    return person;
  }
}

const capitalized = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
