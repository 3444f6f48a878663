/** The table of answers, place by place: raw answers as they come over the wire. */
import { readFileSync } from "node:fs";
import { errorOf, noAnswer, toAnswer } from "../../../middleware/model/answers/read-answer.ts";
import { firstOutcome } from "../../../middleware/model/answers/rule.ts";
import { answerTable } from "../../../middleware/model/answers/table.ts";
import {
  kindOfRefusal,
  kindOfRow,
  toSystemError,
  UnusableAnswer,
} from "../../../middleware/systems/salesforce/connection/errors.ts";
import { ownAddress } from "../../../middleware/systems/salesforce/connection/own-address.ts";
import { answersPage } from "../../../scripts/docs/answers-page.ts";
import { callCodes, oauthCodes, rowCodes } from "../../fixtures/salesforce-codes.ts";

const page = "<!DOCTYPE html><html><body><h1>Sorry</h1></body></html>";
const unusable = (status: number, body: unknown, contentType = "application/json") =>
  new UnusableAnswer({
    status,
    contentType,
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
const ofCall = (status: number, body: unknown, type?: string) =>
  toSystemError("reading", unusable(status, body, type));
const ofToken = (status: number, body: unknown, type?: string) =>
  toSystemError("sign-in", unusable(status, body, type), "signIn");
const error = (errorCode: string, message = "No.") => [{ errorCode, message }];

describe("a whole call to Salesforce", () => {
  test.each(callCodes)("%s is nobody's values to correct", (code) => {
    for (const status of [400, 403, 404, 500]) {
      expect(ofCall(status, error(code)).kind).not.toBe("rejected");
    }
  });

  test.each([
    [400, "A_CODE_OF_NEXT_YEAR", "configuration", true],
    [403, "A_CODE_OF_NEXT_YEAR", "configuration", true],
    [500, "A_CODE_OF_NEXT_YEAR", "retry", true],
    [401, "A_CODE_OF_NEXT_YEAR", "sign_in", false],
    [403, "INVALID_SESSION_ID", "sign_in", false],
    [403, "INVALID_OPERATION_WITH_EXPIRED_PASSWORD", "configuration", true],
    [403, "REQUEST_LIMIT_EXCEEDED", "limit", true],
    [400, "UNABLE_TO_LOCK_ROW", "retry", false],
    [400, "INVALID_FIELD", "configuration", false],
    [404, "NOT_FOUND", "not_found", false],
    [412, "PRECONDITION_FAILED", "conflict", false],
    [404, "ORG_NOT_OWNED_BY_INSTANCE", "retry", true],
  ])("%i with %s: %s, counted: %s", (status, code, kind, counted) => {
    expect(ofCall(status, error(code))).toMatchObject({ kind, counted });
    expect(ofCall(status, error(code)[0])).toMatchObject({ kind, counted });
  });

  test.each([302, 307, 301])("a redirect, %i, is never followed, and signs in anew", (status) => {
    expect(ofCall(status, "")).toMatchObject({ kind: "retry", signInAnew: true });
  });

  test.each([200, 400, 403, 404, 405, 408, 410, 414, 422, 431, 451, 500, 502, 503, 504])(
    "%i with a page signs in anew, and shows nothing of the page",
    (status) => {
      const failed = ofCall(status, page, "text/html");
      expect(failed).toMatchObject({ kind: "retry", counted: true, signInAnew: true });
      expect(failed.message).toBe(
        `Salesforce reading: HTTP ${status} with a page of HTML instead of an answer`,
      );
    },
  );

  test.each([400, 402, 403, 404, 405, 406, 408, 410, 413, 414, 415, 422, 428, 431, 451])(
    "%i in another form or without a body is retried and counted",
    (status) => {
      for (const body of ["", "denied", '{"fault":{"x":1}}', "[]", "[1]", "null", '"text"']) {
        expect(ofCall(status, body, "text/plain")).toMatchObject({ kind: "retry", counted: true });
      }
    },
  );

  test("a token that is refused in one word of text", () => {
    const failed = ofCall(403, "Bad_OAuth_Token", "text/plain");
    expect(failed.kind).toBe("sign_in");
    expect(failed.message).toContain('"Bad_OAuth_Token"');
  });

  test("words are one short line", () => {
    const long = `first line\n\n${"caused by: System.DmlException\t".repeat(100)}`;
    const { message } = ofCall(400, error("APEX_ERROR", long));
    expect(message.length).toBeLessThan(400);
    expect(message).not.toMatch(/[\n\t]/);
  });

  test("what no schema can read is one short line, too", () => {
    const { kind, message } = toSystemError("reading", new TypeError("x is not iterable\n at"));
    expect({ kind, message }).toEqual({
      kind: "retry",
      message: "Salesforce reading: an answer of another shape (TypeError)",
    });
  });

  test.each(["3000000", "99999999999999", "-5", "0", "soon", "Fri, 31 Dec 9999 23:59:59 GMT"])(
    "Retry-After %p is at most a quarter of an hour",
    (value) => {
      const headers = { "retry-after": value };
      const raw = { status: 429, contentType: null, body: "" };
      const { retryAfterMs } = toSystemError("reading", new UnusableAnswer(raw, headers));
      expect(retryAfterMs ?? 0).toBeGreaterThanOrEqual(0);
      expect(retryAfterMs ?? 0).toBeLessThanOrEqual(15 * 60_000);
    },
  );
});

describe("a row", () => {
  const row = (code: string, message = "No.", fields: string[] = []) => ({ code, message, fields });
  const special: Readonly<Record<string, string>> = rowCodes.special;

  test.each(rowCodes.all)("%s", (code) => {
    expect(kindOfRefusal(row(code))).toBe(special[code] ?? "rejected");
  });

  test.each([
    ["CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", "UNABLE_TO_LOCK_ROW, unable to obtain", "retry"],
    ["CANNOT_EXECUTE_FLOW_TRIGGER", "… because UNABLE_TO_LOCK_ROW: unable to …", "retry"],
    [
      "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY",
      "T: execution of BeforeUpdate caused by: System.QueryException: Record Currently Unavailable: unable to obtain exclusive access to this record",
      "retry",
    ],
    ["FIELD_CUSTOM_VALIDATION_EXCEPTION", "SERVER_UNAVAILABLE", "retry"],
    [
      "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY",
      "INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE",
      "retry",
    ],
    ["CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", "Name must not be SOLD_OUT", "rejected"],
    ["A_CODE_OF_NEXT_YEAR", "No.", "rejected"],
  ])("%s with %j", (code, message, kind) => {
    expect(kindOfRefusal(row(code, message))).toBe(kind);
  });

  test("a reference to nothing is the field's matter where it is named", () => {
    const code = "INVALID_CROSS_REFERENCE_KEY";
    expect(kindOfRefusal(row(code, "No.", ["OwnerId"]))).toBe("rejected");
    expect(kindOfRefusal(row(code, "No.", ["Id"]))).toBe("not_found");
    expect(kindOfRefusal(row(code))).toBe("not_found");
  });

  test("a lock beside a refused field is waited for first", () => {
    expect(kindOfRow([row("STRING_TOO_LONG"), row("UNABLE_TO_LOCK_ROW")])).toBe("retry");
  });
});

describe("the token endpoint", () => {
  test.each(oauthCodes)("%s", (code) => {
    expect(["retry", "limit", "configuration"]).toContain(ofToken(400, { error: code }).kind);
    expect(ofToken(400, { error: code }).systemWide).toBe(true);
  });

  test.each([
    [400, { error: "unknown_error", error_description: "retry your request" }, "retry"],
    [400, { error: "server_error" }, "retry"],
    [400, { error: "temporarily_unavailable" }, "retry"],
    [400, { error: "invalid_grant", error_description: "Org is down for maintenance" }, "retry"],
    [400, { error: "invalid_grant", error_description: "login rate exceeded" }, "limit"],
    [403, { error: "rate_limit_exceeded" }, "limit"],
    [429, "", "limit"],
    [
      400,
      { error: "inactive_org", error_description: "organization is not active" },
      "configuration",
    ],
    [400, { error: "inactive_user" }, "configuration"],
    [400, { error: "invalid_grant", error_description: "user hasn't approved" }, "configuration"],
    [400, { error: "invalid_grant", error_description: "ip restricted" }, "configuration"],
    [401, { error: "invalid_client" }, "configuration"],
    [400, { error: "error_of_next_year" }, "configuration"],
    [302, "", "configuration"],
    [404, page, "retry"],
    [503, page, "retry"],
    [400, { message: "no" }, "retry"],
    [400, "no", "retry"],
  ])("%i %j: %s", (status, body, kind) => {
    expect(ofToken(status, body)).toMatchObject({ kind, systemWide: true });
  });
});

describe("the address in a token answer", () => {
  const login = "https://login.salesforce.com";
  test.each([
    ["https://acme.my.salesforce.com", login],
    ["https://acme--dev.sandbox.my.salesforce.com/", login],
    ["https://acme.my.salesforce.mil", login],
    ["https://acme.cloudforce.com", login],
    ["https://acme.my.sfcrmproducts.cn", "https://login.sfcrmapps.cn"],
    ["https://sso.acme.example", "https://sso.acme.example"],
    ["http://127.0.0.1:4001", "http://127.0.0.1:4000"],
    ["http://localhost:4001", "http://127.0.0.1:4000"],
  ])("%s after %s", (instance, from) => {
    expect(ownAddress(instance, from)).toBe(new URL(instance).origin);
  });
  test.each([
    ["https://evil.example", login],
    ["https://salesforce.com.evil.example", login],
    ["https://evilsalesforce.com", login],
    ["http://acme.my.salesforce.com", login],
    ["http://127.0.0.1:4001", login],
    ["https://127.0.0.1", login],
    ["https://user:pass@acme.my.salesforce.com", login],
    ["http://evil.example", "http://127.0.0.1:4000"],
    ["http://sso.acme.example", "http://sso.acme.example"],
    ["ftp://acme.my.salesforce.com", login],
    ["nothing", login],
  ])("not %s after %s", (instance, from) => {
    expect(() => ownAddress(instance, from)).toThrow("nothing is sent there");
  });
});

describe("a call to Circa", () => {
  const entry = (code: string, message = "No.") => [{ code, message, fields: [] }];
  const raw = (status: number, body: string) => ({ status, contentType: null, body });
  const kindOf = (status: number, own: boolean, body = page) => {
    const answer = toAnswer(raw(status, body), own ? entry("some_code") : []);
    const reaction = firstOutcome(answerTable.circaCall, answer);
    const failed = errorOf("circa", "Circa GET /events", reaction, answer);
    expect(failed.message).not.toContain("<");
    return [failed.kind, failed.counted];
  };
  test.each([400, 413, 422])("%i in Circa's own form refuses values", (status) => {
    expect(kindOf(status, true)).toEqual(["rejected", false]);
  });
  test.each([400, 402, 403, 404, 405, 406, 408, 409, 410, 412, 413, 414, 415, 422, 431, 451])(
    "%i in another form is a gateway's",
    (status) => expect(kindOf(status, false)).toEqual(["retry", true]),
  );
  test.each([402, 403, 406, 411, 415, 418, 451])("%i in Circa's own form", (status) => {
    expect(kindOf(status, true)).toEqual(["configuration", true]);
  });
  test("401 means the key, whatever its body; 409 and 412 another version", () => {
    expect([kindOf(401, true), kindOf(401, false), kindOf(401, false, "")]).toEqual(
      Array.from({ length: 3 }, () => ["configuration", true]),
    );
    expect([kindOf(409, true), kindOf(412, true), kindOf(412, false, "")]).toEqual(
      Array.from({ length: 3 }, () => ["conflict", false]),
    );
  });
  test("no answer at all", () => {
    const reaction = firstOutcome(answerTable.circaCall, noAnswer);
    expect(reaction).toEqual({ kind: "retry", reach: "system" });
  });
});

test("docs/answers.md is what scripts/docs-answers.ts writes", () => {
  expect(readFileSync("docs/answers.md", "utf8")).toBe(answersPage());
});
