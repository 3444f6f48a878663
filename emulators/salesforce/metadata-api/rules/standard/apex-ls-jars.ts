import { readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import JSZip from "jszip";

/** The npm package that carries apex-ls, with Salesforce's platform types of API version 61.0. */
export const apexLsJarDirectory = path.join("node_modules", "@flxbl-io", "apexlink", "jars");

export function apexLsJars(): string[] {
  return readdirSync(apexLsJarDirectory)
    .filter((name) => name.endsWith(".jar"))
    .map((name) => path.join(apexLsJarDirectory, name));
}

export async function openJar(jar: string): Promise<JSZip> {
  return JSZip.loadAsync(await readFile(jar));
}
