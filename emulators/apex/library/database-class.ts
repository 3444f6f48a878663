import { libraryClass } from "../intrinsics/define.ts";

/** `Database`: a class with methods, and the outer class of its results and interfaces. */
export const databaseInfo = libraryClass("Database", {});
