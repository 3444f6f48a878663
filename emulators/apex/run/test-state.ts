import type { Limits } from "./limits.ts";

/** What one running test method keeps track of. */
export class TestState {
  assertions = 0;
  started = false;
  stopped = false;
  /** Limits of the part outside startTest and stopTest. */
  outerLimits: Limits | null = null;
  /** Classes Test.setMock replaced, and similar switches, by name. */
  readonly switches = new Map<string, unknown>();
}
