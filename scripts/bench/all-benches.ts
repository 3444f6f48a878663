import type { Bench } from "./bench.ts";
import { planBench } from "./plan.ts";
import { valuesBench } from "./values.ts";

export const allBenches: readonly Bench[] = [planBench, valuesBench];
