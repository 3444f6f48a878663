/** How an answer of another system is looked up in the table: conditions and the first that holds. */
import type { ErrorKind } from "../../runtime/errors.ts";

/** An answer, or that none came, as the rules look at it. */
export interface Answer {
  /** HTTP status; null when nothing came, or for a row within an answer. */
  readonly status: number | null;
  /**
   * `own`: the system's own form of error. `page`: HTML. `other`: text, or JSON of another form.
   * `empty`: no body. A row within an answer is always `own`.
   */
  readonly form: AnswerForm;
  /** The system's own codes; empty when it gave none. */
  readonly codes: readonly string[];
  /** All of its words. */
  readonly text: string;
  /** Fields that it names. */
  readonly fields: readonly string[];
}

export type AnswerForm = "own" | "page" | "other" | "empty";

/** What all has to be so for a rule to hold; an empty condition always holds. */
export interface Condition {
  readonly nothing?: true;
  /** Single statuses, or ranges of them. */
  readonly statuses?: readonly (number | readonly [number, number])[];
  readonly forms?: readonly AnswerForm[];
  readonly codes?: readonly string[];
  /** The codes count where the answer's text names them, too. */
  readonly inTexts?: true;
  /** No other codes beside them. */
  readonly onlyThese?: true;
  readonly texts?: RegExp;
  /** Whether fields beside the record's Id are named. */
  readonly namesFields?: boolean;
}

/**
 * Whom a failed call says something about. `system`: the next call would fail too.
 * `counted`: perhaps this call alone; its failures in a row count as the system's. `call`: the
 * system is up and speaks of this call.
 */
export type Reach = "system" | "counted" | "call";

export interface Reaction {
  readonly kind: ErrorKind;
  readonly reach: Reach;
  /** Salesforce's address may be another one by now: the next sign-in tells. */
  readonly signInAnew?: true;
}

export interface Rule<Outcome = Reaction> {
  /** In words, for the page that is made from this table. */
  readonly came: string;
  readonly when: Condition;
  readonly then: Outcome;
}

/** @returns the outcome of the first rule that holds; the last one of a list always does */
export function firstOutcome<Outcome>(rules: readonly Rule<Outcome>[], answer: Answer): Outcome {
  const found = rules.find(({ when }) => holds(when, answer));
  if (found === undefined) throw new Error("a list of rules has no default");
  return found.then;
}

function holds(when: Condition, answer: Answer): boolean {
  const { status } = answer;
  if (when.nothing === true && (status !== null || answer.form !== "empty")) return false;
  if (when.statuses !== undefined && !when.statuses.some((it) => covers(it, status))) return false;
  if (when.forms !== undefined && !when.forms.includes(answer.form)) return false;
  if (when.codes !== undefined && !namesCode(when, when.codes, answer)) return false;
  if (when.texts !== undefined && !when.texts.test(answer.text)) return false;
  if (when.namesFields === undefined) return true;
  return answer.fields.some((name) => name.toLowerCase() !== "id") === when.namesFields;
}

function covers(wanted: number | readonly [number, number], status: number | null): boolean {
  if (status === null) return false;
  if (typeof wanted === "number") return wanted === status;
  return wanted[0] <= status && status <= wanted[1];
}

function namesCode(when: Condition, codes: readonly string[], answer: Answer): boolean {
  if (when.onlyThese === true) {
    return answer.codes.length > 0 && answer.codes.every((code) => codes.includes(code));
  }
  if (answer.codes.some((code) => codes.includes(code))) return true;
  if (when.inTexts !== true) return false;
  const words = new Set(answer.text.match(/[A-Z][A-Z_]+/g));
  return codes.some((code) => words.has(code));
}
