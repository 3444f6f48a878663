import {
  streamEvents,
  streamStates,
  streamStep,
  streamSteps,
  type StreamEvent,
  type StreamState,
} from "../../../middleware/intake/stream/states.ts";

/** The whole table once more, by hand: `.` is an error. */
const expected: Readonly<Record<StreamState, string>> = {
  //           started leased subscribed overfull ended drained rested unleased stopping
  stopped: "   standby .      .          .        .     .       .      .        .",
  standby: "   .       connecting .      .        .     .       .      .        stopped",
  connecting: ".       .      subscribed draining waiting . .           standby  stopped",
  subscribed: ".       .      .          draining waiting . .           standby  stopped",
  draining: "  .       .      .          .        waiting connecting .   standby  stopped",
  waiting: "   .       .      .          .        .     .       connecting standby stopped",
};

const cells = streamStates.flatMap((state) => {
  const row = expected[state].trim().split(/\s+/);
  return streamEvents.map((event, index) => [state, event, row[index] ?? ""] as const);
});

test.each(cells.filter(([, , to]) => to !== "."))("%s, %s: %s", (state, event, to) => {
  expect(streamStep(state, event).to).toBe(to);
});

test.each(cells.filter(([, , to]) => to === "."))("%s can't take %s", (state, event) => {
  expect(() => streamStep(state, event)).toThrow(`can't take "${event}" while ${state}`);
});

test("what the supervisor does goes with the state it gets to", () => {
  const actions = Object.fromEntries(streamStates.map((state) => [state, new Set<string>()]));
  for (const steps of Object.values(streamSteps)) {
    for (const { to, action } of Object.values(steps)) actions[to]?.add(action);
  }
  expect(actions).toEqual({
    stopped: new Set(["none", "drop_session"]),
    standby: new Set(["seek_lease", "drop_session"]),
    connecting: new Set(["open_session"]),
    subscribed: new Set(["listen"]),
    draining: new Set(["keep_what_came"]),
    waiting: new Set(["pause"]),
  });
});

test("every state is reached from being stopped, and leads back to it", () => {
  expect(reachableFrom("stopped")).toEqual(new Set(streamStates));
  for (const state of streamStates) expect(reachableFrom(state)).toContain("stopped");
});

test("wherever a session may be open, losing the lease and stopping drop it", () => {
  for (const state of ["connecting", "subscribed", "draining", "waiting"] as const) {
    expect(streamStep(state, "unleased")).toEqual({ to: "standby", action: "drop_session" });
    expect(streamStep(state, "stopping")).toEqual({ to: "stopped", action: "drop_session" });
  }
});

function reachableFrom(start: StreamState): Set<StreamState> {
  const reached = new Set<StreamState>([start]);
  for (const state of reached) {
    for (const event of Object.keys(streamSteps[state]) as StreamEvent[]) {
      reached.add(streamStep(state, event).to);
    }
  }
  return reached;
}
