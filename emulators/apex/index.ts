/** The Apex engine's public face. What it is and what it proves: README.md. */
export { ApexCompileError, ApexCompileErrors } from "./errors.ts";
export { type AuraAnswer, AuraMethodError } from "./aura.ts";
export { ApexThrow } from "./run/apex-throw.ts";
