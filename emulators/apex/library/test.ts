/** System.Test: what only test methods call. */
import { deliverEvents } from "../run/event-triggers.ts";
import { Limits } from "../run/limits.ts";
import type { Runtime } from "../run/runtime.ts";
import type { TestState } from "../run/test-state.ts";
import { libraryClass } from "../intrinsics/define.ts";

function testState(rt: Runtime): TestState {
  if (!rt.test) throw rt.error("TypeException", "Test methods can only be called in a test");
  return rt.test;
}

libraryClass("Test", {
  "static Boolean isRunningTest()": (rt) => rt.test !== null,
  "static void startTest()": (rt) => {
    const state = testState(rt);
    if (state.started) throw rt.error("FinalException", "Testing already started");
    state.started = true;
    state.outerLimits = rt.limits;
    rt.limits = new Limits("sync");
  },
  "static void stopTest()": (rt) => {
    const state = testState(rt);
    if (!state.started || state.stopped)
      throw rt.error("FinalException", "Testing has not been started");
    state.stopped = true;
    rt.async.drain();
    deliverEvents(rt);
    if (state.outerLimits) rt.limits = state.outerLimits;
  },
  "static void calculatePermissionSetGroup(String id)": (rt) => {
    // What a group grants is looked up at each use here.
    testState(rt);
  },
});
