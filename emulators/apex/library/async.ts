/** Queueable, Schedulable and the System methods that start them. */
import { callMethod } from "../compile/call.ts";
import type { Runtime } from "../run/runtime.ts";
import { NativeValue } from "../values/native-value.ts";
import type { ObjectValue } from "../values/object-value.ts";
import { addMembers, libraryClass } from "../intrinsics/define.ts";
import { findLibraryType } from "../types/registry.ts";

const queueableContext = libraryClass("QueueableContext", {});
const schedulableContext = libraryClass("SchedulableContext", {});

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
function enqueue(rt: Runtime, job: ObjectValue): string {
  rt.count("queueableJobs");
  return rt.async.enqueue(`Queueable ${job.info.qualifiedName}`, (inner) => {
    const context = new NativeValue(queueableContext.of(), { id: "707000000000001AAA" });
    callMethod(inner, job, "execute", [context]);
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

/** Adds to System, which is declared elsewhere. */
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
}
