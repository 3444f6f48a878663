import type { Request, Response } from "express";
import type { Org } from "../data/org.ts";
import type { EventBus } from "../streaming/event-bus.ts";
import type { Identity } from "../setup/identity.ts";
import type { RestFaults } from "../setup/rest-faults.ts";
import type { Stats } from "../setup/stats.ts";
import type { TokenSessions } from "../setup/token-sessions.ts";
import type { QueryLocators } from "./query-locators.ts";

/** What the routes work on. */
export interface RestContext {
  readonly org: Org;
  readonly bus: EventBus;
  readonly tokens: TokenSessions;
  readonly identity: Identity;
  readonly stats: Stats;
  readonly faults: RestFaults;
  readonly locators: QueryLocators;
  /** Newest version offered, such as `61.0`. */
  readonly apiVersion: string;
  /** The emulator's own address. */
  readonly url: () => string;
  /** What each answer is held back, and what each record of a collection adds. */
  delayMs: number;
  perRecordDelayMs: number;
  /** API requests of 24 hours, of all users together. */
  readonly dailyRequestLimit: number;
}

/** The user whose token came with the request; set by `authenticate`. */
export function userIdOf(response: Response): string {
  const { userId } = response.locals as { userId?: unknown };
  if (typeof userId !== "string") throw new Error("The route lacks authentication.");
  return userId;
}

/** The version in the request's path, such as `61.0`. */
export function versionOf(request: Request): string {
  return /\/services\/data\/v(\d+\.\d)/.exec(request.originalUrl)?.[1] ?? "61.0";
}

/** A path or query parameter that must be a single text. */
export function textParameter(value: unknown): string {
  return typeof value === "string" ? value : "";
}
