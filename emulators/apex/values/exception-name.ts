/** The names of exceptions, as `getTypeName` and stack traces print them. */

/** Library exceptions are in the System namespace. */
export function exceptionName(name: string): string {
  return libraryExceptionNames.has(name.toLowerCase()) ? `System.${name}` : name;
}

/** Filled by `library/exceptions.ts`. */
export const libraryExceptionNames = new Set<string>();
