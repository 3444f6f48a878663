/**
 * An Event is gone when two signs agree: Circa's own 404 for it, and either a notice of its
 * deletion or a list that names others and not it. One answer alone may come from a gateway, a
 * stale copy or a moment's fault, and what is let go for it does not come back by itself.
 */
import { SystemError } from "../../runtime/errors.ts";
import type { Database } from "../../store/database/database.ts";
import { allLinkedEventIds } from "../../store/links/links.ts";
import type { CircaClient } from "../../systems/circa/client.ts";
import { replaceTasks, type ReadTask } from "../plan/link-task.ts";

/** Beyond, a comparison of everything has to tell: pages of 25 Events. */
const maxPages = 40;
/** Of so many others that a list leaves out each is looked at; one that lacks more is cut off. */
const maxLacking = 5;

export interface ConfirmParts {
  readonly database: Pick<Database, "query">;
  readonly circa: Pick<CircaClient, "changedEvents" | "readEvent">;
}

/**
 * Gives each task whose Event was not found, without a second sign, an error that has it tried
 * again. One list is read for all of them; none where nothing would be let go.
 * @param tasks whose Events have just been read
 */
export async function doubtUnconfirmed<Task extends ReadTask>(
  parts: ConfirmParts,
  tasks: readonly Task[],
): Promise<Task[]> {
  const missing = tasks.filter(
    ({ event, error, deletionTold, eventWasSeen, known }) =>
      event === null && error === undefined && !deletionTold && (eventWasSeen || known !== null),
  );
  if (missing.length === 0) return [...tasks];
  try {
    const absent = await findAbsent(parts, missing);
    const unconfirmed = missing.filter(({ eventId }) => !absent.has(eventId));
    return replaceTasks(
      tasks,
      unconfirmed.map((task) => ({ ...task, error: new UnconfirmedAbsence(task.eventId) })),
    );
  } catch (error) {
    return replaceTasks(
      tasks,
      missing.map((task) => ({ ...task, error })),
    );
  }
}

/** @returns the Events that a list of others does not name; none while it names no others */
async function findAbsent(
  parts: ConfirmParts,
  missing: readonly ReadTask[],
): Promise<ReadonlySet<string>> {
  const { circa } = parts;
  const asked = new Set(missing.map(({ eventId }) => eventId));
  // An Event that is there was updated then or later, and then a short list will do.
  const seenAt = Math.min(...missing.map(({ seenAt }) => seenAt));
  const recent = await readList(circa, Math.max(0, seenAt - 1_000));
  for (const id of recent?.ids ?? []) asked.delete(id);
  if (recent === null || asked.size === 0) return new Set();
  // A restored Circa has it at an earlier time: only a list of everything tells that it is not there.
  const all = await readList(circa, 0);
  if (all === null || all.ids.every((id) => asked.has(id))) return new Set();
  if (all.pages > 1 && !(await isSame(circa, all.ids))) return new Set();
  for (const id of all.ids) asked.delete(id);
  if (await leavesOutOthers(parts, new Set([...all.ids, ...missing.map(eventIdOf)]))) {
    return new Set();
  }
  return asked;
}

const eventIdOf = ({ eventId }: ReadTask) => eventId;

/** A list that an empty page has cut off leaves out Events that are there: it says nothing of any. */
async function leavesOutOthers(
  { database, circa }: ConfirmParts,
  named: ReadonlySet<string>,
): Promise<boolean> {
  const linked = await allLinkedEventIds(database.query);
  const lacking = linked.filter((id) => !named.has(id));
  if (lacking.length > maxLacking) return true;
  const found = await Promise.all(lacking.map((id) => circa.readEvent(id)));
  return found.some((answer) => answer !== null);
}

/**
 * One sign alone. Time makes no second one of it: a key that lost its right to all Events looks
 * just like the last Event's deletion. So a person is asked, who can end it on the Campaign.
 */
export class UnconfirmedAbsence extends SystemError {
  constructor(eventId: string) {
    const message = `Circa did not find the Event ${eventId}, and nothing else says that it was deleted`;
    super("circa", "not_found", message, { status: 404 });
  }
}

/** @returns null when it is too long */
async function readList(circa: Pick<CircaClient, "changedEvents">, sinceMs: number) {
  const ids: string[] = [];
  let pages = 0;
  for await (const answers of circa.changedEvents(sinceMs)) {
    ids.push(...answers.map(({ event }) => event.id));
    pages += 1;
    if (pages === maxPages) return null;
  }
  return { ids, pages };
}

/** Rows move between pages while they are read, past the reader: only a list that stood still counts. */
async function isSame(
  circa: Pick<CircaClient, "changedEvents">,
  ids: readonly string[],
): Promise<boolean> {
  const again = await readList(circa, 0);
  return again?.ids.join() === ids.join();
}
