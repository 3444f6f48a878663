import { acknowledgeBench } from "./acknowledge.ts";
import { apexBench } from "./apex.ts";
import { backlogBench } from "./backlog.ts";
import type { Bench } from "./bench.ts";
import { mappingPageBench } from "./mapping-page.ts";
import { peersBench } from "./peers.ts";
import { planBench } from "./plan.ts";
import { streamBench } from "./stream.ts";
import { sweepBench } from "./sweep.ts";
import { valuesBench } from "./values.ts";

export const allBenches: readonly Bench[] = [
  acknowledgeBench,
  apexBench,
  backlogBench,
  mappingPageBench,
  peersBench,
  planBench,
  streamBench,
  sweepBench,
  valuesBench,
];
