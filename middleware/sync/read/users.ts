/** People by e-mail and by Id, read in one query per batch and kept for a while. */
import type { Clock } from "../../runtime/clock.ts";
import { describeError, passingKinds, SystemError } from "../../runtime/errors.ts";
import type { SalesforceClient, User } from "../../systems/salesforce/client.ts";
import { isQueryable } from "../../systems/salesforce/connection/soql.ts";
import type { Mapping } from "../mappings/mapping.ts";
import type { Campaign, CircaEvent } from "../../model/records.ts";

const keepMs = 10 * 60_000;
/** People of one query. */
const perQuery = 100;
/** So often a refused query is split to find whom Salesforce can't be asked for. */
const maxSplits = 24;

interface Pair {
  readonly event: CircaEvent;
  readonly campaign: Campaign;
}

export interface UserLookup {
  readonly activeUserIdByEmail: (email: string) => string | null;
  readonly emailByUserId: (userId: string) => string | null;
  /** Why Salesforce refuses to be asked for this e-mail or Id; null when it does not. */
  readonly refusedPerson: (key: string) => string | null;
  /** Why a person whom the pair names could not be looked up for now; null when all could. */
  readonly failureOf: (pair: Pair) => SystemError | null;
}

export interface UserDirectory {
  /**
   * Answers about every person whom these pairs name in a mapped field.
   * @throws SystemError when Salesforce as a whole can't be reached
   */
  lookup(pairs: readonly Pair[], mappings: readonly Mapping[]): Promise<UserLookup>;
  /** Salesforce has refused a user: who they are now is asked the next time. */
  forget(): void;
}

/** Whom a query could not be asked for, by e-mail or Id. */
type Failures = Map<string, SystemError>;

export function createUserDirectory(salesforce: SalesforceClient, clock: Clock): UserDirectory {
  const idsByEmail = new Map<string, string[]>();
  const emailById = new Map<string, string | null>();
  let keptSince = clock.now();

  const forget = () => {
    idsByEmail.clear();
    emailById.clear();
    keptSince = clock.now();
  };
  const keep = (people: readonly string[], users: readonly User[]) => {
    for (const key of people) {
      if (isEmail(key)) idsByEmail.set(key, []);
      else emailById.set(key, null);
    }
    for (const user of users) {
      emailById.set(user.id, user.email);
      const found = idsByEmail.get(user.email.toLowerCase());
      if (user.active && found?.includes(user.id) === false) found.push(user.id);
    }
  };
  /** @param people e-mails and Ids */
  const read = async (people: readonly string[]): Promise<Failures> => {
    const failures: Failures = new Map();
    let splits = 0;
    const ask = async (some: readonly string[]): Promise<void> => {
      try {
        const emails = some.filter(isEmail);
        const ids = some.filter((key) => !isEmail(key));
        keep(some, await salesforce.users({ emails, ids }));
      } catch (error) {
        if (!(error instanceof SystemError) || error.systemWide) throw error;
        splits += 1;
        if (some.length === 1 || splits > maxSplits || passingKinds.has(error.kind)) {
          for (const key of some) failures.set(key, error);
          return;
        }
        const middle = Math.ceil(some.length / 2);
        await ask(some.slice(0, middle));
        await ask(some.slice(middle));
      }
    };
    for (let start = 0; start < people.length; start += perQuery) {
      await ask(people.slice(start, start + perQuery));
    }
    return failures;
  };

  return {
    forget,
    async lookup(pairs, mappings) {
      if (clock.now() - keptSince > keepMs) forget();
      const fields = mappings.filter((mapping) => mapping.campaign.type === "reference");
      const namedBy = (pair: Pair) => fields.flatMap((mapping) => peopleOf(pair, mapping));
      const unknown = pairs
        .flatMap(namedBy)
        .filter((key) => isQueryable(key) && !idsByEmail.has(key) && !emailById.has(key));
      const failures = await read([...new Set(unknown)]);
      return {
        activeUserIdByEmail: (email) => {
          const found = idsByEmail.get(email.toLowerCase()) ?? [];
          return found.length === 1 ? (found[0] ?? null) : null;
        },
        emailByUserId: (id) => emailById.get(id) ?? null,
        refusedPerson: (key) => {
          const failure = failures.get(isEmail(key) ? key.toLowerCase() : key);
          return failure === undefined ? null : describeError(failure);
        },
        failureOf: (pair) => {
          if (failures.size === 0) return null;
          const found = namedBy(pair).flatMap((key) => failures.get(key) ?? []);
          return found.find(({ kind }) => passingKinds.has(kind)) ?? null;
        },
      };
    },
  };
}

/** No Id of Salesforce has one. */
const isEmail = (key: string) => key.includes("@");

function peopleOf({ event, campaign }: Pair, mapping: Mapping): string[] {
  const email = emailOf(event.values[mapping.circa.key]);
  const id = campaign.values[mapping.campaign.name];
  return [...(email === null ? [] : [email]), ...(typeof id === "string" ? [id] : [])];
}

/** A person comes as an e-mail or as an object that holds one. */
function emailOf(value: unknown): string | null {
  const email =
    typeof value === "object" && value !== null && "email" in value ? value.email : value;
  return typeof email === "string" && isEmail(email) ? email.trim().toLowerCase() : null;
}
