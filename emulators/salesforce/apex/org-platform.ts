/** The local org as the engine's platform. */
import { hasCurrencies } from "../data/currencies.ts";
import type { Org, Transaction } from "../data/org.ts";
import type { AccessPort, ApexPlatform, TransactionPort, UserInfoPort } from "../../apex/ports.ts";
import { LiveSchema } from "./live-schema.ts";
import { OrgTransaction } from "./transaction-port.ts";

export interface OrgPlatformOptions {
  /** Custom labels by lower-case name. */
  readonly labels: ReadonlyMap<string, string>;
  /** Their translations, by language. @default none */
  readonly translations?: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

export class OrgPlatform implements ApexPlatform {
  readonly org: Org;
  readonly schema: LiveSchema;
  readonly access: AccessPort;
  readonly #options: OrgPlatformOptions;
  readonly #transactions = new WeakMap<Transaction, OrgTransaction>();

  constructor(org: Org, options: OrgPlatformOptions) {
    this.org = org;
    this.#options = options;
    this.schema = new LiveSchema(org);
    this.access = accessOf(org);
  }

  now(): number {
    return this.org.now().getTime();
  }

  label(name: string, language = ""): string | null {
    const { labels, translations } = this.#options;
    const key = name.toLowerCase();
    const translated = translations?.get(language.split("_")[0] ?? "");
    return translated?.get(key) ?? labels.get(key) ?? null;
  }

  publishesAfterCommit(eventName: string): boolean {
    return this.org.schema.object(eventName)?.publishBehavior === "PublishAfterCommit";
  }

  transact<Result>(userId: string, work: (transaction: TransactionPort) => Result): Result {
    return this.org.transact(userId, (transaction) => work(this.portOf(transaction)));
  }

  /** The same port for the same transaction, for every user. */
  portOf(transaction: Transaction): OrgTransaction {
    let port = this.#transactions.get(transaction);
    if (!port) {
      const made = new OrgTransaction(transaction, (acting) => {
        this.#transactions.set(acting, made);
      });
      this.#transactions.set(transaction, made);
      port = made;
    }
    return port;
  }
}

function accessOf(org: Org): AccessPort {
  return {
    user: (userId) => userOf(org, userId),
    organization: () => {
      const [row] = org.store.rows("Organization");
      return { id: row?.Id ?? "", hasCurrencies: hasCurrencies(org) };
    },
    hasCustomPermission: (userId, name) => org.accessOf(userId).hasCustomPermission(name),
    object: (userId, name) => {
      const object = org.schema.object(name);
      const access = org.accessOf(userId);
      const can = (action: "read" | "create" | "edit" | "delete"): boolean =>
        object !== undefined && access.canDo(object, action);
      return {
        read: can("read"),
        create: can("create"),
        edit: can("edit"),
        delete: can("delete"),
      };
    },
    field: (userId, objectName, fieldName) => {
      const object = org.schema.object(objectName);
      const field = object?.fields.get(fieldName.toLowerCase());
      if (!object || !field) return { read: false, edit: false };
      const access = org.accessOf(userId);
      return { read: access.canReadField(object, field), edit: access.canEditField(object, field) };
    },
  };
}

function userOf(org: Org, userId: string): UserInfoPort {
  const row = org.store.get("User", userId);
  return {
    id: userId,
    username: text(row?.Username),
    name: text(row?.Name),
    email: text(row?.Email),
    profileId: text(row?.ProfileId),
    timeZone: text(row?.TimeZoneSidKey) || "UTC",
    locale: text(row?.LocaleSidKey),
    language: text(row?.LanguageLocaleKey),
    marketingUser: row?.UserPermissionsMarketingUser === true,
  };
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
