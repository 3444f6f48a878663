import type { Org } from "../../data/org.ts";
import { parseMetadataRow } from "../../schema/source/read-metadata-row.ts";
import { putMetadataRow, removeMetadataRow } from "../../setup/custom-metadata.ts";
import type { ComponentName, SourceFile } from "../format/component.ts";
import { type DeployMessage, fileFailure } from "./deploy-message.ts";

const typeName = "CustomMetadata";

/**
 * Writes the rows of custom metadata that a deployment brings: one with a name that is there is
 * overwritten, every other one stays. Does not commit.
 */
export function putMetadataRows(org: Org, files: readonly SourceFile[]): DeployMessage[] {
  return files
    .filter(({ component }) => component.type === typeName)
    .flatMap((file): DeployMessage[] => {
      const { fullName } = file.component;
      try {
        const row = parseMetadataRow(file.content.toString("utf8"), file.path, fullName);
        putMetadataRow(org, { ...row, commit: false });
        return [];
      } catch (error) {
        const text = error instanceof Error ? error.message : String(error);
        // The component is named beside the reason, not in it.
        return [fileFailure(file, text.replace(/^\w+__mdt\.\w+: /, ""))];
      }
    });
}

/** Takes the rows that a deployment deletes. */
export function removeMetadataRows(org: Org, deletions: readonly ComponentName[]): void {
  for (const { type, fullName } of deletions) {
    if (type !== typeName) continue;
    const [objectName = "", developerName = ""] = fullName.split(".");
    removeMetadataRow(org, `${objectName.replace(/__mdt$/, "")}__mdt`, developerName, false);
  }
}
