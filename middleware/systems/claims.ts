/**
 * Where the claim on the pair of org and workspace is kept: in the package's state row and in
 * Circa's `crm_sync`. Neither goes through what the claim itself keeps from writing.
 */
import { z } from "zod";
import { SystemError } from "../runtime/errors.ts";
import type { Clock } from "../runtime/clock.ts";
import type { Config } from "../runtime/config.ts";
import { callCirca } from "./circa/call.ts";
import type { Circuit } from "./circuit/circuit.ts";
import { outboundFetch } from "./http/outbound-fetch.ts";
import type { SalesforceConnection } from "./salesforce/connection/connection.ts";
import type { PackageNames } from "./salesforce/connection/names.ts";
import type { ScreenClient } from "./salesforce/screens.ts";
import { SystemTime } from "./http/system-time.ts";

export interface Claim {
  /** The store that keeps the pair in sync. */
  readonly storeId: string;
  /** When it was last renewed, in milliseconds since the epoch, by the clock of where it is kept. */
  readonly at: number;
  /** How often it was renewed: a store that knows of fewer was restored from a backup. */
  readonly renewals: number;
}

/** Values and links of Events and Campaigns, or what people are shown about them. */
export type Written = "records" | "screens";

export interface ClaimPlace {
  readonly name: "salesforce" | "circa";
  /** Milliseconds since the epoch by the other system's clock: those of two machines may differ. */
  now(): number;
  /** @returns "unsupported" where it can't be kept. @throws SystemError */
  read(): Promise<Claim | null | "unsupported">;
  /** null: gives it up. @throws SystemError */
  write(claim: Claim | null): Promise<void>;
}

const rowSchema = z.array(z.record(z.string(), z.unknown()));

export function salesforceClaims(
  connection: SalesforceConnection,
  screens: ScreenClient,
  names: PackageNames,
  pair: string,
): ClaimPlace {
  const fields = ["Claimed_By__c", "Claimed_At__c", "Claim_Renewals__c"].map((it) => names.of(it));
  const [by = "", at = "", renewals = ""] = fields;
  const soql = `SELECT ${fields.join(", ")} FROM ${names.of("Circa_Sync_State__c")} WHERE ${names.of("Connection__c")} = '${pair}'`;
  return {
    name: "salesforce",
    now: () => connection.now(),
    async read() {
      try {
        const records = await connection.run("reading the claim", async (it) => {
          const page = await it.query(soql);
          return page.records;
        });
        const [row] = rowSchema.parse(records);
        if (row === undefined || typeof row[by] !== "string") return null;
        const claim = {
          storeId: row[by],
          at: Date.parse(String(row[at])),
          renewals: Number(row[renewals] ?? 0),
        };
        return Number.isNaN(claim.at) ? null : claim;
      } catch (error) {
        // An older package has no such fields, or the permission to them is missing.
        if (isMissing(error)) return "unsupported";
        throw error;
      }
    },
    async write(claim) {
      const row = {
        Connection__c: pair,
        Claimed_By__c: claim?.storeId ?? null,
        Claimed_At__c: claim === null ? null : new Date(claim.at).toISOString(),
        Claim_Renewals__c: claim?.renewals ?? null,
      };
      const [result] = await screens.upsert("Circa_Sync_State__c", [row]);
      if (result?.ok === false) {
        const reasons = result.refusals.map(({ message }) => message).join("; ");
        throw new SystemError("salesforce", "rejected", `writing the claim: ${reasons}`);
      }
    },
  };
}

/** Whatever else is answered tells nothing of the claim. */
const circaSchema = z.looseObject({
  provider: z.literal("salesforce"),
  claim: z
    .looseObject({
      store_id: z.string(),
      at: z.iso.datetime({ offset: true }).transform((value) => Date.parse(value)),
      renewals: z.number(),
    })
    .nullable(),
});

/** @param fetch the network */
export function circaClaims(
  config: Config["circa"],
  clock: Clock,
  circuit: Circuit,
  fetch = outboundFetch,
): ClaimPlace {
  const time = new SystemTime(clock);
  const parts = { fetch, config, clock, time };
  const call = (method: string, body?: unknown) =>
    circuit.run(() => callCirca(parts, method, "/crm_sync", body));
  return {
    name: "circa",
    now: () => time.now(),
    async read() {
      const answer = await call("GET");
      if (answer.absent) return "unsupported";
      const { claim } = circaSchema.parse(answer.body);
      if (claim === null) return null;
      return { storeId: claim.store_id, at: claim.at, renewals: claim.renewals };
    },
    async write(claim) {
      await call("PUT", {
        provider: "salesforce",
        claim:
          claim === null
            ? null
            : {
                store_id: claim.storeId,
                at: new Date(claim.at).toISOString(),
                renewals: claim.renewals,
              },
      });
    },
  };
}

function isMissing(error: unknown): boolean {
  if (!(error instanceof SystemError)) return false;
  const codes = error.refusals.map(({ code }) => code);
  return (
    codes.some((code) => code === "INVALID_FIELD" || code === "INVALID_TYPE") ||
    /INVALID_FIELD|INVALID_TYPE|No such column|is not supported/.test(error.message)
  );
}
