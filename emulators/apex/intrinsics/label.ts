import { libraryClass } from "./define.ts";

/** `System.Label`: its members are the package's custom labels, checked at load. */
export const labelInfo = libraryClass("Label", {});
