import deploymentStatus from "@salesforce/apex/CircaMappingController.deploymentStatus";

const pollMs = 2_000;
/** So many polls may fail in a row, as while a laptop sleeps. */
const failuresAtMost = 5;
/** Salesforce does not report a lost deployment. */
const longestDeploymentMs = 10 * 60_000;

/**
 * Waits until Salesforce has deployed or refused: the event says so at once, and the poll says so
 * where no event comes.
 * @param isWanted asked before each look; no one waits once the page is left
 * @returns the `DeploymentStatus` that it ended with; null when it has not ended in ten minutes
 */
export async function waitForDeployment(answers, jobId, isWanted) {
  const until = Date.now() + longestDeploymentMs;
  let failures = 0;
  while (isWanted() && Date.now() < until) {
    const ended = await answers.wait("deployment_ended", jobId, pollMs);
    if (ended) return ended;
    if (!isWanted()) return null;
    try {
      const status = await deploymentStatus({ jobId });
      if (status.state !== "running") return status;
      failures = 0;
    } catch (error) {
      failures += 1;
      if (failures === failuresAtMost) throw error;
    }
  }
  return null;
}

/**
 * Puts Salesforce's own reasons beside the rows that it refused.
 * @param saved the rows as they were sent
 * @param results what `save` answered for them: new rows have their name from there
 * @param refused `rows` of the `DeploymentStatus`
 * @returns the rows, and what could be said beside none of them
 */
export function withRefusals(rows, saved, results, refused) {
  const keys = new Map(
    saved.map(({ rowKey, developerName }, index) => [
      results[index]?.developerName ?? developerName,
      rowKey,
    ]),
  );
  const reasons = new Map();
  const others = [];
  for (const { developerName, message } of refused) {
    if (keys.has(developerName)) reasons.set(keys.get(developerName), message);
    else others.push(developerName ? `${developerName}: ${message}` : message);
  }
  return {
    rows: rows.map((row) =>
      reasons.has(row.rowKey) ? { ...row, refusal: reasons.get(row.rowKey) } : row,
    ),
    others,
  };
}
