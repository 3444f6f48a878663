/** Waits for a condition instead of for a time. */
export { eventually, eventuallyHolds } from "../../emulators/wait-until.ts";
