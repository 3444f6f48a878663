/** What each kind of answer leads to, and who is notified: in the words of `docs/answers.md`. */
import type { ErrorKind } from "../../runtime/errors.ts";
import type { Reach } from "./rule.ts";

export interface Consequence {
  readonly next: string;
  readonly told: string;
}

export const consequences: Readonly<Record<ErrorKind, Consequence>> = {
  retry: {
    next: "the call is repeated after growing delays",
    told: "after ten minutes the record: _Waiting for …_",
  },
  limit: {
    next: "no call for as long as the answer asks, 1 s to 15 minutes",
    told: "log, status",
  },
  held: {
    next: "no call before the circuit's time",
    told: "status",
  },
  sign_in: {
    next: "a new access token, and the call again at once",
    told: "no one, unless new tokens are refused too",
  },
  conflict: { next: "the record is read and planned again", told: "no one" },
  not_found: {
    next: "a second sign is needed before a link ends",
    told: "the ended link's Event and Campaign",
  },
  rejected: {
    next: "the named field waits, else the record; the rest is written",
    told: "the record: a problem with the system's words and a remedy",
  },
  configuration: {
    next: "repeated after growing delays; a missing field switches its mapping off",
    told: "log, status, set-up page; after ten minutes the record",
  },
};

export const reaches: Readonly<Record<Reach, string>> = {
  system:
    "failures in a row hold calls back; from the ninth on a probe every 5 s, after two minutes every 30 s",
  counted:
    "perhaps this call's fault alone: its link backs off; three in a row without an answer between them count as the system's",
  call: "the system is up; no call is held back",
};
