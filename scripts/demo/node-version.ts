const oldest = [20, 19] as const;

/** The message for a Node older than package.json allows; null when it is new enough. */
export function nodeVersionProblem(version: string): string | null {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return null;
  return (
    `This needs Node ${oldest.join(".")} or newer, and this is ${version}. ` +
    "Install a current one from https://nodejs.org, or run: nvm install\n"
  );
}

/** Ends the process with that sentence: on an old Node the imports alone fail, without a hint. */
export function checkNodeVersion(): void {
  const problem = nodeVersionProblem(process.versions.node);
  if (problem === null) return;
  process.stderr.write(problem);
  process.exit(1);
}
