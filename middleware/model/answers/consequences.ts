/** What each kind of answer leads to, and who is told: in the words of `docs/answers.md`. */
import type { ErrorKind } from "../../runtime/errors.ts";
import type { Reach } from "./rule.ts";

export interface Consequence {
  readonly next: string;
  readonly told: string;
}

export const consequences: Readonly<Record<ErrorKind, Consequence>> = {
  retry: {
    next: "the same call is made again, after growing delays",
    told: "after ten minutes the person on the record: _Waiting for …_",
  },
  limit: {
    next: "no call for as long as the answer asks for, a second at least and 15 minutes at most",
    told: "the operator: one line in the log, the status",
  },
  held: {
    next: "no call is made before the time that the circuit names",
    told: "the operator: the status",
  },
  sign_in: {
    next: "a new access token, and the same call once more at once",
    told: "nobody, unless new tokens are refused as well",
  },
  conflict: { next: "the record is read again and planned anew", told: "nobody" },
  not_found: {
    next: "nothing is let go for it alone: a second sign is looked for",
    told: "whoever the ended connection concerns",
  },
  rejected: {
    next: "the field, or the record where none is named, waits; the rest goes through",
    told: "the person on the record: a problem with the system's own words and what to do",
  },
  configuration: {
    next: "tried again after growing delays; a missing field switches its mapping off",
    told: "an admin: the log, the status, the set-up page; after ten minutes the record says it, too",
  },
};

export const reaches: Readonly<Record<Reach, string>> = {
  system:
    "speaks for the system: failures in a row hold calls back, and from the ninth on one call tries each 5 s, after two minutes each 30 s",
  counted:
    "may be this call's alone: its link backs off by itself; three failures in a row, with no answer between them, speak for the system",
  call: "the system is up: nothing is held back",
};
