/** The files that pages need beside their HTML. */
import { readdirSync, readFileSync } from "node:fs";

interface Asset {
  readonly name: string;
  readonly type: string;
  readonly content: string;
}

/** From the repository's root, where every command of this project is started. */
const folder = "emulators/circa/pages";

/** Reads them all; the style sheets become one, in the order of their names. */
export function readAssets(): Asset[] {
  const styles = readdirSync(`${folder}/styles`)
    .sort()
    .map((name) => readFileSync(`${folder}/styles/${name}`, "utf8"));
  const asset = (name: string) => readFileSync(`${folder}/assets/${name}`, "utf8");
  return [
    { name: "circa.css", type: "text/css", content: styles.join("\n") },
    { name: "circa.svg", type: "image/svg+xml", content: asset("circa.svg") },
    { name: "live.mjs", type: "text/javascript", content: asset("live.mjs") },
  ];
}
