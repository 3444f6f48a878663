/** People by e-mail and by Id, read in one query per batch and kept for a while. */
import type { Clock } from "../clock.ts";
import type { SalesforceClient, User } from "../systems/salesforce/client.ts";
import type { Mapping } from "./mapping.ts";
import type { Campaign, CircaEvent } from "./records.ts";

const keepMs = 10 * 60_000;
/** Values of one query; both lists together stay below the limit of a request's address. */
const perQuery = 100;

export interface UserLookup {
  readonly activeUserIdByEmail: (email: string) => string | null;
  readonly emailByUserId: (userId: string) => string | null;
}

export interface UserDirectory {
  /** Answers about everybody whom these pairs name in a mapped field. */
  lookup(
    pairs: readonly { readonly event: CircaEvent; readonly campaign: Campaign }[],
    mappings: readonly Mapping[],
  ): Promise<UserLookup>;
}

export function createUserDirectory(salesforce: SalesforceClient, clock: Clock): UserDirectory {
  const idsByEmail = new Map<string, string[]>();
  const emailById = new Map<string, string | null>();
  let keptSince = clock.now();

  const read = async (emails: readonly string[], ids: readonly string[]) => {
    const users: User[] = [];
    for (let start = 0; start < Math.max(emails.length, ids.length); start += perQuery) {
      const end = start + perQuery;
      users.push(
        ...(await salesforce.users({
          emails: emails.slice(start, end),
          ids: ids.slice(start, end),
        })),
      );
    }
    for (const email of emails) idsByEmail.set(email, []);
    for (const id of ids) emailById.set(id, null);
    for (const user of users) {
      emailById.set(user.id, user.email);
      const found = idsByEmail.get(user.email.toLowerCase());
      if (user.active && found?.includes(user.id) === false) found.push(user.id);
    }
  };

  return {
    async lookup(pairs, mappings) {
      if (clock.now() - keptSince > keepMs) {
        idsByEmail.clear();
        emailById.clear();
        keptSince = clock.now();
      }
      const people = mappings.filter((mapping) => mapping.campaign.type === "reference");
      const emails = new Set<string>();
      const ids = new Set<string>();
      for (const { circa, campaign: field } of people) {
        for (const { event, campaign } of pairs) {
          const email = emailOf(event.values[circa.key]);
          if (email !== null && !idsByEmail.has(email)) emails.add(email);
          const id = campaign.values[field.name];
          if (typeof id === "string" && !emailById.has(id)) ids.add(id);
        }
      }
      if (emails.size + ids.size > 0) await read([...emails], [...ids]);
      return {
        activeUserIdByEmail: (email) => {
          const found = idsByEmail.get(email.toLowerCase()) ?? [];
          return found.length === 1 ? (found[0] ?? null) : null;
        },
        emailByUserId: (id) => emailById.get(id) ?? null,
      };
    },
  };
}

/** A person comes as an e-mail or as an object that holds one. */
function emailOf(value: unknown): string | null {
  const email =
    typeof value === "object" && value !== null && "email" in value ? value.email : value;
  return typeof email === "string" && email.includes("@") ? email.trim().toLowerCase() : null;
}
