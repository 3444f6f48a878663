import { forbidden } from "../errors.ts";
import type { ApiRequest } from "../route.ts";

/** @throws {ApiError} 403 for a person: what the sync says of itself is the integration's alone */
export function requireIntegration({ caller }: ApiRequest): void {
  if (caller !== "integration") throw forbidden("Only the integration's API key may do this");
}
