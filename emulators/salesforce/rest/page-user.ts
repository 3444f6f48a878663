import type { Request } from "express";
import type { RestContext } from "./rest-context.ts";

export const userCookie = "emulator_user";

/** The user who looks at the pages. */
export interface PageUser {
  readonly id: string;
  readonly name: string;
  readonly username: string;
  /** Such as `en_US`. */
  readonly language: string;
}

/** Who the browser has chosen to be; the demo's person when no one is chosen. */
export function pageUserOf(context: RestContext, request: Request): PageUser {
  const chosen = new RegExp(`(?:^|;\\s*)${userCookie}=(\\w{18})`).exec(
    request.headers.cookie ?? "",
  )?.[1];
  const users = pageUsers(context);
  const found =
    users.find(({ id }) => id === chosen) ??
    users.find(({ id }) => id === context.identity.person.userId);
  if (!found) throw new Error("The org has no active user.");
  return found;
}

/** Users that can be chosen: the active ones. */
export function pageUsers(context: RestContext): PageUser[] {
  return [...context.org.store.rows("User")]
    .filter((row) => row.IsActive === true)
    .map((row) => ({
      id: row.Id,
      name: textOf(row.Name) ?? row.Id,
      username: textOf(row.Username) ?? "",
      language: textOf(row.LanguageLocaleKey) ?? "en_US",
    }));
}

function textOf(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
