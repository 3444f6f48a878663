import type { RowCheck } from "../data/org.ts";
import { saveError } from "../data/errors.ts";
import { toId18 } from "../data/ids.ts";
import type { LacksFault, RestFault, RowFault } from "./fault-schemas.ts";
import { seededRandom } from "../../random.ts";

export interface FaultyRequest {
  readonly method: string;
  readonly path: string;
  readonly caller: "integration" | "person";
  /** The JSON that was sent. */
  readonly body: () => string;
}

/** How often and until when (milliseconds since the epoch) a fault still strikes. */
type Standing<Fault> = Fault & { times: number; until: number };

function standing<Fault extends { times?: number | undefined; forMs?: number | undefined }>(
  fault: Fault,
): Standing<Fault> {
  const times = fault.times ?? (fault.forMs === undefined ? 1 : Infinity);
  return { ...fault, times, until: Date.now() + (fault.forMs ?? Infinity) };
}

const stands = ({ times, until }: { times: number; until: number }) =>
  times > 0 && until >= Date.now();

/** The REST faults that stand, each until its count is used up. */
export class RestFaults {
  private requestFaults: Standing<RestFault>[] = [];
  private lackFaults: Standing<LacksFault>[] = [];
  private rowFaults: RowFault[] = [];
  private random = seededRandom(1);
  /** Rows per page of a query, when smaller than asked. */
  pageSize: number | null = null;

  addRequestFault(fault: RestFault): void {
    this.requestFaults.push(standing(fault));
  }

  addLacks(fault: LacksFault): void {
    this.lackFaults.push(standing(fault));
  }

  /** Whether an answer leaves out what has one of `names`; counts once for each answer. */
  lacking(
    of: LacksFault["of"],
    object: string,
    caller: "integration" | "person",
  ): (names: readonly unknown[]) => boolean {
    this.lackFaults = this.lackFaults.filter(stands);
    const struck = this.lackFaults.filter(
      (fault) =>
        fault.of === of &&
        fault.object.toLowerCase() === object.toLowerCase() &&
        (fault.caller ?? caller) === caller,
    );
    for (const fault of struck) fault.times -= 1;
    return (names) =>
      struck.some((fault) => fault.names?.some((name) => names.includes(name)) ?? true);
  }

  addRowFault(fault: RowFault): void {
    this.rowFaults.push({ ...fault });
  }

  seed(seed: number): void {
    this.random = seededRandom(seed);
  }

  clear(): void {
    this.requestFaults = [];
    this.lackFaults = [];
    this.rowFaults = [];
    this.pageSize = null;
  }

  /** What is still to come, for the control endpoint's answer. */
  list(): object[] {
    return [
      ...this.requestFaults,
      ...this.lackFaults,
      ...this.rowFaults,
      ...(this.pageSize === null ? [] : [{ name: "shortPages", size: this.pageSize }]),
    ];
  }

  /** The faults that strike this request; their counts go down. */
  take({ method, path, caller, body }: FaultyRequest): RestFault[] {
    this.requestFaults = this.requestFaults.filter(stands);
    const struck = this.requestFaults.filter((fault) => {
      if (fault.method !== undefined && fault.method !== method) return false;
      if (fault.path !== undefined && !path.includes(fault.path)) return false;
      if (fault.caller !== undefined && fault.caller !== caller) return false;
      if (fault.bodyHas !== undefined && !body().includes(fault.bodyHas)) return false;
      if (fault.name === "longAddress" && path.length <= fault.longest) return false;
      if (fault.skip > 0) {
        fault.skip -= 1;
        return false;
      }
      if (fault.chance < 1 && this.random() >= fault.chance) return false;
      fault.times -= 1;
      return true;
    });
    this.requestFaults = this.requestFaults.filter(stands);
    return struck;
  }

  /** Refuses rows as the row faults say. */
  readonly checkRow: RowCheck = (row) => {
    const fault = this.rowFaults.find((each) => fits(each, row));
    if (!fault) return null;
    fault.times -= 1;
    this.rowFaults = this.rowFaults.filter((each) => each.times > 0);
    if (fault.name === "lockRow") {
      const text = `unable to obtain exclusive access to this record or 1 records: ${row.record.Id}`;
      return saveError("UNABLE_TO_LOCK_ROW", text);
    }
    const fields = fault.fields ?? (fault.field === undefined ? [] : [fault.field]);
    return saveError(fault.statusCode, fault.message, fields);
  };
}

function fits(fault: RowFault, row: Parameters<RowCheck>[0]): boolean {
  if (fault.object.toLowerCase() !== row.objectName.toLowerCase()) return false;
  if (fault.operation !== undefined && fault.operation !== row.operation) return false;
  if (fault.index !== undefined && fault.index !== row.index) return false;
  if (fault.id !== undefined && toId18(fault.id) !== row.record.Id) return false;
  if (fault.field === undefined) return true;
  const written = row.writtenFields.includes(fault.field);
  return (
    written && (fault.value === undefined || (row.record[fault.field] ?? null) === fault.value)
  );
}
