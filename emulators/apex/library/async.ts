/** Queueable, Schedulable, Batchable and the System methods that start them. */
import { callMethod } from "../compile/call.ts";
import type { Runtime } from "../run/runtime.ts";
import { sobjectType } from "../types/builtin.ts";
import { ListValue } from "../values/collections.ts";
import { NativeValue } from "../values/native-value.ts";
import type { ObjectValue } from "../values/object-value.ts";
import { databaseInfo } from "./database-class.ts";
import { queryLocatorInfo } from "./database.ts";
import { addMembers, libraryClass } from "./define.ts";
import { findLibraryType } from "./registry.ts";

interface JobContext {
  readonly id: string;
}

function contextClass(
  name: string,
  idMethod: string,
  outer = false,
): ReturnType<typeof libraryClass> {
  return libraryClass(
    name,
    { [`Id ${idMethod}()`]: (_rt, self: NativeValue<JobContext>) => self.data.id },
    outer ? { outer: databaseInfo } : {},
  );
}

const queueableContext = contextClass("QueueableContext", "getJobId");
const schedulableContext = contextClass("SchedulableContext", "getTriggerId");
const batchableContext = contextClass("BatchableContext", "getJobId", true);

libraryClass(
  "Queueable",
  { "void execute(QueueableContext? context)": () => null },
  { form: "interface" },
);
libraryClass(
  "Schedulable",
  { "void execute(SchedulableContext? context)": () => null },
  { form: "interface" },
);
libraryClass(
  "Batchable",
  {
    "void execute(Database.BatchableContext? context, List<T>? scope)": () => null,
    "void finish(Database.BatchableContext? context)": () => null,
  },
  { form: "interface", parameters: ["T"], outer: databaseInfo },
);
libraryClass("Stateful", {}, { form: "interface", outer: databaseInfo });
libraryClass("AllowsCallouts", {}, { form: "interface", outer: databaseInfo });

function enqueue(rt: Runtime, job: ObjectValue): string {
  rt.count("queueableJobs");
  return rt.async.enqueue(`Queueable ${job.info.qualifiedName}`, (inner) => {
    const context = new NativeValue(queueableContext.of(), { id: "707000000000001AAA" });
    callMethod(inner, job, "execute", [context]);
  });
}

const batchSize = 200;

/** Start, then execute per chunk, then finish. */
function runBatch(rt: Runtime, job: ObjectValue, size: number): string {
  return rt.async.enqueue(`Batch ${job.info.qualifiedName}`, (inner) => {
    const context = new NativeValue(batchableContext.of(), { id: "707000000000001AAA" });
    const found = callMethod(inner, job, "start", [context]);
    const items =
      found instanceof ListValue
        ? found.items
        : found instanceof NativeValue && found.type.info === queryLocatorInfo
          ? (found as NativeValue<{ items: ListValue["items"] }>).data.items
          : [];
    for (let start = 0; start < items.length; start += size) {
      const chunk = items.slice(start, start + size);
      const scope = new ListValue(found instanceof ListValue ? found.element : sobjectType, chunk);
      callMethod(inner, job, "execute", [context, scope]);
    }
    callMethod(inner, job, "finish", [context]);
  });
}

const cronPattern = /^(\S+\s+){5,6}\S+$/;

/**
 * A test runs the job at `Test.stopTest()`. Elsewhere it stays on the schedule: no clock runs here, so
 * it never fires by itself.
 */
function schedule(rt: Runtime, name: string, cron: string, job: ObjectValue): string {
  if (!cronPattern.test(cron.trim()))
    throw rt.error("StringException", `Unexpected end of expression: ${cron}`);
  const id = rt.transaction.schedule({ name, cron, className: job.info.name }, rt.userId);
  if (id === null)
    throw rt.error(
      "AsyncException",
      `The Apex job named "${name}" is already scheduled for execution.`,
    );
  if (rt.test) {
    rt.async.enqueue(
      `Scheduled ${name}`,
      (inner) => {
        const context = new NativeValue(schedulableContext.of(), { id });
        callMethod(inner, job, "execute", [context]);
      },
      id,
    );
  }
  return id;
}

/** Adds to System and Database, which are declared elsewhere. */
export function addAsyncMembers(): void {
  const system = findLibraryType("System");
  if (!system) throw new Error("System is not declared");
  addMembers(system, {
    "static Id enqueueJob(Queueable job)": (rt, job: ObjectValue) => enqueue(rt, job),
    "static Id enqueueJob(Queueable job, Integer delayMinutes)": (rt, job: ObjectValue) =>
      enqueue(rt, job),
    "static Id schedule(String name, String cron, Schedulable job)": (
      rt,
      name: string,
      cron: string,
      job: ObjectValue,
    ) => schedule(rt, name, cron, job),
    "static void abortJob(Id jobId)": (rt, jobId: string) => {
      rt.transaction.abort(jobId);
      rt.async.drop(jobId);
    },
  });
  addMembers(databaseInfo, {
    "static Id executeBatch(Object job)": (rt, job: ObjectValue) => runBatch(rt, job, batchSize),
    "static Id executeBatch(Object job, Integer size)": (rt, job: ObjectValue, size: number) =>
      runBatch(rt, job, size),
  });
}
