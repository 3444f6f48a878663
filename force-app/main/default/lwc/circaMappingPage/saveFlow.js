import deploymentStatus from "@salesforce/apex/CircaMappingController.deploymentStatus";

const pollMs = 2_000;
/** So many polls may fail in a row, as while a laptop sleeps. */
const failuresAtMost = 5;

/**
 * Waits until Salesforce has deployed or refused: the event says so at once, and the poll says so
 * where no event comes.
 * @returns the `DeploymentStatus` that it ended with
 */
export async function waitForDeployment(answers, jobId) {
  let failures = 0;
  for (;;) {
    const ended = await answers.wait("deployment_ended", jobId, pollMs);
    if (ended) return ended;
    try {
      const status = await deploymentStatus({ jobId });
      if (status.state !== "running") return status;
      failures = 0;
    } catch (error) {
      failures += 1;
      if (failures === failuresAtMost) throw error;
    }
  }
}

/** The rows with Salesforce's own reasons beside them. */
export function withRefusals(rows, saved, refused) {
  const keys = new Map();
  for (const { rowKey, developerName } of saved) keys.set(developerName ?? rowKey, rowKey);
  const reasons = new Map(
    refused.map(({ developerName, rowKey, message }) => [
      rowKey ?? keys.get(developerName),
      message,
    ]),
  );
  return rows.map((row) =>
    reasons.has(row.rowKey) ? { ...row, refusal: reasons.get(row.rowKey) } : row,
  );
}
