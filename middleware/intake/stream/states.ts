/**
 * The stream's states and what leads from one to the next. The supervisor in `stream.ts` runs on
 * this table: a step that is not in it is an error.
 *
 * | state        | meaning                                                                      |
 * | ------------ | ---------------------------------------------------------------------------- |
 * | `stopped`    | not started, or stopped                                                      |
 * | `standby`    | waits for the lease: another process subscribes, or the store is not there   |
 * | `connecting` | signing in, shaking hands and subscribing                                    |
 * | `subscribed` | events come                                                                  |
 * | `draining`   | closed because events come faster than they are kept; keeps what has come    |
 * | `waiting`    | pauses after a session has ended                                             |
 */
export const streamStates = [
  "stopped",
  "standby",
  "connecting",
  "subscribed",
  "draining",
  "waiting",
] as const;
export type StreamState = (typeof streamStates)[number];

/**
 * What happens to it. `leased`/`unleased`: the right to subscribe is had or lost. `overfull`: too
 * many events wait to be kept. `ended`: the session is over, or could not be opened. `drained`:
 * all that had come is kept. `rested`: the pause is over.
 */
export const streamEvents = [
  "started",
  "leased",
  "subscribed",
  "overfull",
  "ended",
  "drained",
  "rested",
  "unleased",
  "stopping",
] as const;
export type StreamEvent = (typeof streamEvents)[number];

/** The supervisor's work in a step; each but the last two lasts until the next event. */
export const streamActions = [
  "seek_lease",
  "open_session",
  "listen",
  "keep_what_came",
  "pause",
  "drop_session",
  "none",
] as const;
export type StreamAction = (typeof streamActions)[number];

export interface StreamStep {
  readonly to: StreamState;
  readonly action: StreamAction;
}

const toStandby: StreamStep = { to: "standby", action: "drop_session" };
const toStopped: StreamStep = { to: "stopped", action: "drop_session" };
const toWaiting: StreamStep = { to: "waiting", action: "pause" };
const toDraining: StreamStep = { to: "draining", action: "keep_what_came" };
const toConnecting: StreamStep = { to: "connecting", action: "open_session" };
const underLease = { unleased: toStandby, stopping: toStopped } as const;

export const streamSteps: Readonly<
  Record<StreamState, Readonly<Partial<Record<StreamEvent, StreamStep>>>>
> = {
  stopped: {
    started: { to: "standby", action: "seek_lease" },
  },
  standby: {
    leased: toConnecting,
    stopping: { to: "stopped", action: "none" },
  },
  connecting: {
    subscribed: { to: "subscribed", action: "listen" },
    overfull: toDraining,
    ended: toWaiting,
    ...underLease,
  },
  subscribed: {
    overfull: toDraining,
    ended: toWaiting,
    ...underLease,
  },
  draining: {
    drained: toConnecting,
    ended: toWaiting,
    ...underLease,
  },
  waiting: {
    rested: toConnecting,
    ...underLease,
  },
};

/** @throws Error when `event` can't happen in `state` */
export function streamStep(state: StreamState, event: StreamEvent): StreamStep {
  const step = streamSteps[state][event];
  if (step === undefined) throw new Error(`The stream can't take "${event}" while ${state}`);
  return step;
}
