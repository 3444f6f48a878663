const oldest = [20, 19] as const;

/** Ends the process with a sentence that helps when this Node is older than package.json allows. */
export function checkNodeVersion(version = process.versions.node): void {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return;
  process.stderr.write(
    `This needs Node ${oldest.join(".")} or newer, and this is ${version}. ` +
      "Install a current one from https://nodejs.org, or run: nvm install\n",
  );
  process.exit(1);
}
