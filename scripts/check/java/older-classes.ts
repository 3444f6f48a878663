import { existsSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import {
  apexLsJars,
  openJar,
} from "../../../emulators/salesforce/metadata-api/rules/standard/apex-ls-jars.ts";

/** Class-file version of a Java release, by the JVM specification: Java 17 is 61. */
const classFileVersionOf = (javaMajorVersion: number) => javaMajorVersion + 44;
/** The newest release that any class of apex-ls is compiled for. */
const NEWEST_COMPILED_FOR = 21;
const MAJOR_VERSION_OFFSET = 6;

/**
 * Some of apex-ls's classes are marked as Java 21 though they use nothing newer than 17, so an older
 * Java refuses them. Writes these classes with the version of this Java into a cache directory, which
 * goes first on the class path.
 * @returns class path entries to put in front; none on Java 21 and newer.
 */
export async function prepareOlderClasses(javaMajorVersion: number): Promise<string[]> {
  if (javaMajorVersion >= NEWEST_COMPILED_FOR) return [];
  const directory = path.resolve(".cache", `apex-ls-java-${javaMajorVersion}`);
  if (!existsSync(directory)) {
    const partial = `${directory}.${process.pid}`;
    await writeOlderClasses(partial, classFileVersionOf(javaMajorVersion));
    // Renamed when complete, so that a broken run leaves no half-filled cache behind.
    await rename(partial, directory).catch(() => rm(partial, { recursive: true, force: true }));
  }
  return [directory];
}

async function writeOlderClasses(directory: string, version: number): Promise<void> {
  await mkdir(directory, { recursive: true });
  for (const jarPath of apexLsJars()) {
    const jar = await openJar(jarPath);
    for (const entry of jar.file(/\.class$/)) {
      // A multi-release jar keeps versions for newer releases apart; those are never loaded here.
      if (entry.name.startsWith("META-INF/")) continue;
      const bytes = await entry.async("nodebuffer");
      if (bytes.readUInt16BE(MAJOR_VERSION_OFFSET) <= version) continue;
      bytes.writeUInt16BE(version, MAJOR_VERSION_OFFSET);
      const target = path.join(directory, entry.name);
      await mkdir(path.dirname(target), { recursive: true });
      await writeFile(target, bytes);
    }
  }
}
