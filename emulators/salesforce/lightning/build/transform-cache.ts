import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { transformSync, version } from "@lwc/compiler";

export interface ComponentPart {
  readonly namespace: string;
  readonly name: string;
  /** A style sheet whose rules hold for its own component only. */
  readonly isScoped: boolean;
}

/** Compiles parts of components, and keeps each result on disk by its content. */
export class TransformCache {
  constructor(private readonly folder: string) {
    mkdirSync(folder, { recursive: true });
  }

  /** @throws what the compiler says about the source */
  transform(source: string, file: string, part: ComponentPart): string {
    const name = path.basename(file);
    const key = createHash("sha256")
      .update(JSON.stringify([version, name, part, source]))
      .digest("hex");
    const kept = path.join(this.folder, `${key}.js`);
    if (existsSync(kept)) return readFileSync(kept, "utf8");
    const { code } = transformSync(source, name, {
      namespace: part.namespace,
      name: part.name,
      scopedStyles: part.isScoped,
      enableDynamicComponents: true,
      enableLwcOn: true,
      experimentalDynamicComponent: { strictSpecifier: false },
    });
    const written = `${kept}.${process.pid}`;
    writeFileSync(written, code);
    renameSync(written, kept);
    return code;
  }
}
