import manifest from "../../package.json" with { type: "json" };

/** Of this software, as its package names it. */
export const version: string = manifest.version;
