/** What a check found wrong, by invariant. */

export type InvariantName =
  | "I1"
  | "I2"
  | "I3"
  | "I4"
  | "I5"
  | "I6"
  | "I7"
  | "I8"
  | "I9"
  | "I10"
  | "I11"
  | "I12"
  | "I13"
  | "I14"
  | "problem"
  | "never settles"
  | "crashed";

export interface Finding {
  readonly invariant: InvariantName;
  readonly text: string;
}

export const describeFindings = (findings: readonly Finding[]) =>
  findings.map(({ invariant, text }) => `${invariant}: ${text}`).join("\n");
