/**
 * Every answer that another system can give, by where it was given, and what it means for us: the
 * first rule of a place that holds. `docs/answers.md` is made from this table. What a kind leads to
 * is in `consequences.ts`; the stream's kinds are those of `intake/stream-failure.ts`.
 */
import type { StreamFailure } from "./stream-failure.ts";
import type { Reaction, Rule } from "./rule.ts";
import {
  awayCodes,
  busyCodes,
  goneCodes,
  limitCodes,
  missingCodes,
  movedCodes,
  orgFullCodes,
  shutCodes,
  tokenCodes,
} from "./salesforce-codes.ts";

const system = (kind: Reaction["kind"]): Reaction => ({ kind, reach: "system" });
const counted = (kind: Reaction["kind"]): Reaction => ({ kind, reach: "counted" });
const call = (kind: Reaction["kind"]): Reaction => ({ kind, reach: "call" });
const elsewhere: Reaction = { kind: "retry", reach: "system", signInAnew: true };

/** A whole call to Salesforce's REST API, or one part of a composite call. */
const salesforceCall: readonly Rule[] = [
  { came: "nothing", when: { nothing: true }, then: system("retry") },
  {
    came: "a redirect",
    when: {
      statuses: [
        [300, 303],
        [305, 399],
      ],
    },
    then: elsewhere,
  },
  { came: "401 with any body", when: { statuses: [401] }, then: call("sign_in") },
  {
    came: "a code for a refused token",
    when: { codes: tokenCodes, inTexts: true },
    then: call("sign_in"),
  },
  {
    came: "`Bad_OAuth_Token` as text",
    when: { texts: /\b(?:Bad|Missing)_OAuth_Token\b/ },
    then: call("sign_in"),
  },
  { came: "a code for a limit", when: { codes: limitCodes, inTexts: true }, then: system("limit") },
  { came: "429, 420", when: { statuses: [420, 429] }, then: system("limit") },
  { came: "the org has moved", when: { codes: movedCodes, inTexts: true }, then: elsewhere },
  { came: "maintenance", when: { codes: awayCodes, inTexts: true }, then: system("retry") },
  { came: "locked or busy", when: { codes: busyCodes, inTexts: true }, then: call("retry") },
  {
    came: "the record has moved on",
    when: { codes: ["ENTITY_FAILED_IFLASTMODIFIED_ON_UPDATE"] },
    then: call("conflict"),
  },
  { came: "412", when: { statuses: [412], forms: ["own", "empty"] }, then: call("conflict") },
  { came: "a page of HTML", when: { forms: ["page"] }, then: elsewhere },
  {
    came: "408, 413, 414, 431",
    when: { statuses: [408, 413, 414, 431] },
    then: counted("retry"),
  },
  { came: "500", when: { statuses: [500] }, then: counted("retry") },
  { came: "another 5xx", when: { statuses: [[500, 599]] }, then: system("retry") },
  {
    came: "not in Salesforce's own form",
    when: { forms: ["other", "empty"] },
    then: counted("retry"),
  },
  { came: "no such record or address", when: { codes: goneCodes }, then: call("not_found") },
  {
    came: "a reference to nothing",
    when: { codes: ["INVALID_CROSS_REFERENCE_KEY"] },
    then: call("not_found"),
  },
  {
    came: "the user or org is shut out",
    when: { codes: shutCodes },
    then: system("configuration"),
  },
  {
    came: "missing for this user",
    when: { codes: missingCodes },
    then: call("configuration"),
  },
  {
    came: "an unreadable value",
    when: { codes: ["JSON_PARSER_ERROR", "XML_PARSER_ERROR", "INVALID_INPUT"] },
    then: call("configuration"),
  },
  { came: "any other code", when: {}, then: counted("configuration") },
];

/** One row of a call that went through as a whole; nothing of it counts for the circuit. */
const salesforceRow: readonly Rule[] = [
  { came: "a refused token", when: { codes: tokenCodes }, then: call("sign_in") },
  { came: "a code for a limit", when: { codes: limitCodes }, then: call("limit") },
  {
    came: "locked or busy",
    when: { codes: [...busyCodes, ...awayCodes, ...movedCodes], inTexts: true },
    then: call("retry"),
  },
  {
    came: "locked, in Salesforce's words",
    when: { texts: /unable to obtain exclusive access to this record/i },
    then: call("retry"),
  },
  {
    came: "the record has moved on",
    when: { codes: ["ENTITY_FAILED_IFLASTMODIFIED_ON_UPDATE"] },
    then: call("conflict"),
  },
  { came: "the record is gone", when: { codes: goneCodes }, then: call("not_found") },
  {
    came: "a named field refers to nothing",
    when: { codes: ["INVALID_CROSS_REFERENCE_KEY"], namesFields: true },
    then: call("rejected"),
  },
  {
    came: "the record's own Id refers to nothing",
    when: { codes: ["INVALID_CROSS_REFERENCE_KEY"] },
    then: call("not_found"),
  },
  {
    came: "a missing field",
    when: { codes: ["INVALID_FIELD"] },
    then: call("configuration"),
  },
  {
    came: "the org is full, or the user or org shut out",
    when: { codes: [...orgFullCodes, ...shutCodes, "INVALID_TYPE", "FUNCTIONALITY_NOT_ENABLED"] },
    then: call("configuration"),
  },
  { came: "any other code", when: {}, then: call("rejected") },
];

/**
 * Salesforce's token endpoint. Sources: Help, "OAuth 2.0 Authorization Errors"; RFC 6749, 5.2;
 * RFC 8628, 3.5. Salesforce says some passing states as `invalid_grant` with a description.
 */
const signIn: readonly Rule[] = [
  { came: "nothing", when: { nothing: true }, then: system("retry") },
  { came: "a redirect", when: { statuses: [[300, 399]] }, then: system("configuration") },
  {
    came: "too many sign-ins",
    when: { codes: ["rate_limit_exceeded", "slow_down", "login_rate_exceeded"] },
    then: system("limit"),
  },
  {
    came: "too many sign-ins, in words",
    when: { texts: /\brate (?:limit )?exceeded/i },
    then: system("limit"),
  },
  { came: "429, 420", when: { statuses: [420, 429] }, then: system("limit") },
  {
    came: "a fault that passes",
    when: {
      codes: ["unknown_error", "server_error", "temporarily_unavailable", "authorization_pending"],
    },
    then: system("retry"),
  },
  {
    came: "maintenance, in words",
    when: { texts: /maintenance|temporarily|try (?:again|your request)|retry|unavailable/i },
    then: system("retry"),
  },
  { came: "5xx", when: { statuses: [[500, 599]] }, then: system("retry") },
  {
    came: "not in OAuth's form",
    when: { forms: ["page", "other", "empty"] },
    then: system("retry"),
  },
  { came: "any other code", when: {}, then: system("configuration") },
];

/** A call to Circa; one of a single record is that record's row as well. */
const circaCall: readonly Rule[] = [
  { came: "nothing", when: { nothing: true }, then: system("retry") },
  { came: "a redirect for good", when: { statuses: [301, 308] }, then: system("configuration") },
  { came: "another redirect", when: { statuses: [[300, 399]] }, then: system("retry") },
  { came: "429, 420", when: { statuses: [420, 429] }, then: system("limit") },
  { came: "401, 407", when: { statuses: [401, 407] }, then: system("configuration") },
  { came: "500", when: { statuses: [500] }, then: counted("retry") },
  { came: "another 5xx", when: { statuses: [[500, 599]] }, then: system("retry") },
  {
    came: "409, 412",
    when: { statuses: [409, 412], forms: ["own", "empty"] },
    then: call("conflict"),
  },
  {
    came: "404, 405, 410 with Circa's own code",
    when: {
      statuses: [404, 405, 410],
      codes: ["not_found", "gone", "method_not_allowed"],
      onlyThese: true,
    },
    then: call("not_found"),
  },
  { came: "another 404, 405, 410", when: { statuses: [404, 405, 410] }, then: system("retry") },
  {
    came: "400, 413, 422 in Circa's own form",
    when: { statuses: [400, 413, 422], forms: ["own"] },
    then: call("rejected"),
  },
  {
    came: "408, 423, 425 in Circa's own form",
    when: { statuses: [408, 423, 425], forms: ["own"] },
    then: call("retry"),
  },
  {
    came: "another 4xx in Circa's own form",
    when: { statuses: [[400, 499]], forms: ["own"] },
    then: counted("configuration"),
  },
  { came: "a 2xx that is not JSON", when: { statuses: [[200, 299]] }, then: system("retry") },
  { came: "not in Circa's own form", when: {}, then: counted("retry") },
];

/**
 * A refused message of the stream. Sources: Streaming API Developer Guide, "Streaming API Error
 * Codes" and "Handling Streaming API Errors"; older texts from traces. "Too busy" comes disguised
 * as 401, so the reason in `ext.sfdc` is looked up before the message's own.
 */
const stream: readonly Rule<StreamFailure>[] = [
  { came: "`503`, `500`: too busy", when: { texts: /^50\d:/ }, then: "busy" },
  { came: "`401`", when: { texts: /^401:/ }, then: "token" },
  {
    came: "`403::Unknown client`, no handshake, no cookie",
    when: {
      texts:
        /^403::(?:Unknown client|Client has not completed handshake)|^400::Client .*no .*cookie/i,
    },
    then: "unknown_client",
  },
  {
    came: "`400::The replayId {…}`",
    when: { texts: /^400::The replayId \{/ },
    then: "replay_expired",
  },
  {
    came: "the daily limit of events",
    when: { texts: /total events daily limit|daily (?:event|delivery) (?:limit|allocation)/i },
    then: "limit",
  },
  {
    came: "too many clients",
    when: { texts: /concurrent user limit|simultaneous connections|^429:/i },
    then: "crowded",
  },
  { came: "`408`, `409`, `412`", when: { texts: /^(?:408|409|412):/ }, then: "lost" },
  {
    came: "another `4xx`",
    when: { texts: /^4\d\d:|Unsupported API version/ },
    then: "configuration",
  },
  { came: "an answer without a message, 401", when: { statuses: [401] }, then: "token" },
  { came: "an answer without a message, 413", when: { statuses: [413] }, then: "configuration" },
  { came: "anything else", when: {}, then: "lost" },
];

export const answerTable = { salesforceCall, salesforceRow, signIn, circaCall, stream } as const;
