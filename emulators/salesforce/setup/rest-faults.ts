import type { RowCheck } from "../data/org.ts";
import { saveError } from "../data/errors.ts";
import { toId18 } from "../data/ids.ts";
import type { RestFault, RowFault } from "./fault-schemas.ts";
import { createRandom } from "./random.ts";

export interface FaultyRequest {
  readonly method: string;
  readonly path: string;
  readonly caller: "integration" | "person";
  /** The JSON that was sent. */
  readonly body: () => string;
}

/** The REST faults that stand, each until its count is used up. */
export class RestFaults {
  private requestFaults: RestFault[] = [];
  private rowFaults: RowFault[] = [];
  private random = createRandom(1);
  /** Rows per page of a query, when smaller than asked. */
  pageSize: number | null = null;

  addRequestFault(fault: RestFault): void {
    this.requestFaults.push({ ...fault });
  }

  addRowFault(fault: RowFault): void {
    this.rowFaults.push({ ...fault });
  }

  seed(seed: number): void {
    this.random = createRandom(seed);
  }

  clear(): void {
    this.requestFaults = [];
    this.rowFaults = [];
    this.pageSize = null;
  }

  /** What is still to come, for the control endpoint's answer. */
  list(): object[] {
    return [
      ...this.requestFaults,
      ...this.rowFaults,
      ...(this.pageSize === null ? [] : [{ name: "shortPages", size: this.pageSize }]),
    ];
  }

  /** The faults that strike this request; their counts go down. */
  take({ method, path, caller, body }: FaultyRequest): RestFault[] {
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
    this.requestFaults = this.requestFaults.filter((fault) => fault.times > 0);
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
