/** Which of several methods of one name a call means. */
import type { SourcePosition } from "../errors.ts";
import type { Evaluate } from "../run/frame.ts";
import { listInfo } from "../types/builtin.ts";
import { conversionDistance } from "../types/relations.ts";
import type { ApexType } from "../types/type.ts";
import { coerce } from "./convert.ts";
import type { FoundMethod } from "./members.ts";
import { compileError, type Typed } from "./typed.ts";

export interface Chosen {
  readonly found: FoundMethod;
  /** The arguments, converted to the parameters' types. */
  readonly args: readonly Evaluate[];
}

/** @throws ApexCompileError when none fits, or two fit equally well */
export function chooseOverload(
  at: SourcePosition,
  name: string,
  candidates: readonly FoundMethod[],
  args: { readonly typed: readonly Typed[]; readonly positions: readonly SourcePosition[] },
  owner: ApexType,
): Chosen {
  let best: FoundMethod | null = null;
  let bestDistance = Number.POSITIVE_INFINITY;
  let tied = false;
  for (const candidate of candidates) {
    const distance = callDistance(args.typed, candidate.parameters);
    if (distance === null || distance > bestDistance) continue;
    tied = distance === bestDistance && best?.method.owner === candidate.method.owner;
    if (distance === bestDistance) continue;
    best = candidate;
    bestDistance = distance;
  }
  const given = `${name}(${args.typed.map((arg) => arg.type.name).join(", ")})`;
  if (!best)
    throw compileError(
      at,
      `Method does not exist or incorrect signature: ${given} from the type ${owner.name}${known(candidates)}`,
    );
  if (tied && args.typed.some((arg) => arg.type.info.form === "null"))
    throw compileError(at, `Method is ambiguous: ${given} from the type ${owner.name}`);
  const chosen = best;
  const converted = args.typed.map((arg, index) =>
    coerce(arg, chosen.parameters[index] as ApexType, args.positions[index] ?? at),
  );
  return { found: chosen, args: converted };
}

function callDistance(args: readonly Typed[], parameters: readonly ApexType[]): number | null {
  if (args.length !== parameters.length) return null;
  let total = 0;
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] as Typed;
    const parameter = parameters[index] as ApexType;
    const distance =
      arg.query && parameter.info !== listInfo
        ? (conversionDistance(arg.type, parameter) ?? rowDistance(arg, parameter))
        : conversionDistance(arg.type, parameter);
    if (distance === null) return null;
    total += distance;
  }
  return total;
}

function rowDistance(arg: Typed, parameter: ApexType): number | null {
  const distance = conversionDistance(arg.type.arg(0), parameter);
  return distance === null ? null : distance + 1;
}

function known(candidates: readonly FoundMethod[]): string {
  if (candidates.length === 0) return " (the Apex engine has no method of this name there)";
  const list = candidates.map(
    ({ method, parameters }) => `${method.name}(${parameters.map((type) => type.name).join(", ")})`,
  );
  return `; there is ${list.join("; ")}`;
}
