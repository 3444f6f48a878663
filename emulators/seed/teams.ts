/** Circa's teams: Workspace > Team > Event. */
import { circaId } from "../circa/ids.ts";
import type { SeedTeam } from "../circa/seed.ts";

export const teamsByRegion = {
  EMEA: { id: circaId("Team", 4101), name: "Field Marketing EMEA" },
  Americas: { id: circaId("Team", 4102), name: "Field Marketing Americas" },
  APAC: { id: circaId("Team", 4103), name: "Field Marketing APAC" },
} as const satisfies Record<string, SeedTeam>;

export const teams: readonly SeedTeam[] = Object.values(teamsByRegion);
