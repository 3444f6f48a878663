import type { Circa } from "../../circa.ts";
import type { EventRow } from "../../entities.ts";
import { notFound } from "../../errors.ts";
import { textOf, type PageRequest } from "./page-route.ts";

/** The Event that the path names. @throws {ApiError} 404 */
export function eventOf(circa: Circa, { params }: PageRequest): EventRow {
  const event = circa.store.events.get(textOf(params, "id"));
  if (!event) throw notFound("There is no such Event");
  return event;
}
