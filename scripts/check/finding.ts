/** What a check of the Salesforce package found. */
import type { Finding } from "../../emulators/salesforce/metadata-api/rules/finding.ts";

export {
  type Finding,
  formatFinding,
} from "../../emulators/salesforce/metadata-api/rules/finding.ts";

export interface CheckOutcome {
  readonly findings: readonly Finding[];
  /** Why the check did not run. A check that did not run has no findings, and proves nothing. */
  readonly skipped?: string;
}
