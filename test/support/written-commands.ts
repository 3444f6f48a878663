/** The shell commands that a document tells people to type. */
import { readFileSync } from "node:fs";

export interface WrittenCommand {
  /** The chapter that it stands in. */
  readonly chapter: string;
  readonly command: string;
}

/** Every line of the document's `sh` blocks, in its order; settings (`NAME=value`) and remarks are left out. */
export function writtenCommands(document: string): WrittenCommand[] {
  const found: WrittenCommand[] = [];
  let chapter = "";
  let isCommand = false;
  for (const line of readFileSync(document, "utf8").split("\n")) {
    const text = line.trim();
    if (text.startsWith("```")) isCommand = !isCommand && text === "```sh";
    else if (!isCommand && text.startsWith("## ")) chapter = text.slice(3);
    else if (isCommand && text !== "" && !/^(#|[A-Z_]+=)/.test(text)) {
      found.push({ chapter, command: text.replace(/\s+#.*$/, "") });
    }
  }
  return found;
}
