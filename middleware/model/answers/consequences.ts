/** What each kind of answer leads to, and where it shows: in the words of `docs/answers.md`. */
import type { ErrorKind } from "../../runtime/errors.ts";
import type { Reach } from "./rule.ts";

export const consequences: Readonly<Record<ErrorKind, string>> = {
  retry: "repeated with backoff; after ten minutes the record says _Waiting for …_",
  limit: "no call for as long as it asks, 1 s to 15 minutes; in log and status",
  held: "no call before the circuit's time; in the status",
  sign_in: "a new access token, and the call again",
  conflict: "the record is read and planned again",
  not_found: "a second sign is needed before a link ends; then both records say so",
  rejected: "the named field waits, else the record, with a problem; the rest is written",
  configuration:
    "repeated with backoff; a missing field switches its mapping off; in log, status and set-up page, after ten minutes on the record",
};

export const reaches: Readonly<Record<Reach, string>> = {
  system: "failures in a row open the circuit",
  counted:
    "its link backs off; three in a row without an answer between them count as the system's",
  call: "the system is up",
};
