import type { ComponentName, SourceFile } from "../format/component.ts";

/** What a deployment did with one component, or why it is refused: a DeployMessage. */
export interface DeployMessage {
  readonly componentType: string;
  readonly fullName: string;
  /** As in the package. */
  readonly fileName: string;
  readonly success: boolean;
  readonly changed: boolean;
  readonly created: boolean;
  readonly deleted: boolean;
  readonly problem?: string | undefined;
  readonly problemType?: "Error" | "Warning" | undefined;
  readonly lineNumber?: number | undefined;
  readonly columnNumber?: number | undefined;
}

const untouched = { changed: false, created: false, deleted: false } as const;

export interface Place {
  readonly line?: number | undefined;
  readonly column?: number | undefined;
}

/** Refuses a component. */
export function failure(
  { type, fullName }: ComponentName,
  fileName: string,
  problem: string,
  { line, column }: Place = {},
): DeployMessage {
  return {
    ...{ componentType: type, fullName, fileName, success: false, ...untouched },
    ...{ problem, problemType: "Error", lineNumber: line },
    columnNumber: column ?? (line === undefined ? undefined : 1),
  };
}

/** Refuses the component that a file is part of; lines are those of the file as the org keeps it. */
export function fileFailure(file: SourceFile, problem: string, place: Place = {}): DeployMessage {
  const line = place.line === undefined ? undefined : place.line + file.lineOffset;
  return failure(file.component, file.deployedAs, problem, { ...place, line });
}

export function success(
  { type, fullName }: ComponentName,
  fileName: string,
  what: Partial<Pick<DeployMessage, "changed" | "created" | "deleted">>,
): DeployMessage {
  return { componentType: type, fullName, fileName, success: true, ...untouched, ...what };
}

/** A warning stands beside a success. */
export function warning({ type, fullName }: ComponentName, problem: string): DeployMessage {
  return {
    ...{ componentType: type, fullName, fileName: "destructiveChanges.xml", success: true },
    ...{ ...untouched, problem, problemType: "Warning" },
  };
}
