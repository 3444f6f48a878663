/** Sessions of the stream: they replay, deliver in order, and end for many reasons. */
import { SystemError } from "../../middleware/runtime/errors.ts";
import type {
  OpenSession,
  ReplayFrom,
  SessionEnd,
  SessionRequest,
  StreamSession,
} from "../../middleware/intake/stream/session-port.ts";
import { never, type Life } from "../engine/mortal.ts";
import type { World } from "../world.ts";
import { callSalesforce } from "./call.ts";
import type { BusEvent } from "./event-bus.ts";

/** The sessions of all nodes, so that faults can strike them. */
export class Sessions {
  readonly #open = new Set<Session>();
  /** Who resumes at one of these ids hears nothing (Salesforce's article 005321562). */
  #deafThrough = 0;

  constructor(readonly world: World) {}

  /** Ends every open session, with what they had not delivered yet. */
  cut(end: SessionEnd): void {
    for (const session of this.#open) session.end(end);
  }

  /** Every session goes silent; it is noticed only after a while. */
  silence(forMs: number): void {
    for (const session of this.#open) session.silence(forMs);
  }

  /** Every session looks alive and delivers nothing any more. */
  deafen(): void {
    for (const session of this.#open) session.deafen();
  }

  /** The same, and so do those that resume where these were: only "new" events are delivered. */
  deafenPlace(): void {
    this.#deafThrough = this.world.org.bus.newest;
    this.deafen();
  }

  /** Ids begin anew: those from before mean nothing. */
  forgetPlaces(): void {
    this.#deafThrough = 0;
  }

  /** A session is subscribed and has everything that the bus keeps. */
  get upToDate(): boolean {
    return this.#open.size > 0 && [...this.#open].every((session) => session.upToDate);
  }

  openFor(life: Life): OpenSession {
    const { org, faults } = this.world;
    const random = this.world.random(`sessions of ${life.name}`);
    return async (request) => {
      await callSalesforce(this.world, life, "stream", {
        work: () => {
          if (faults.strikes("stream_refused", random.next())) {
            throw new SystemError("salesforce", "retry", "the handshake is refused");
          }
        },
      });
      if (!life.alive) return never<StreamSession>();
      const session = new Session(this.world, life, request, (ended) => this.#open.delete(ended));
      const replayed = org.bus.replay(placeOf(request.replayFrom));
      if (!replayed.ok) {
        session.end({
          failure: "replay_expired",
          reason: `400::The replayId {${placeOf(request.replayFrom)}} you provided was invalid`,
        });
      } else {
        this.#open.add(session);
        session.subscribe(replayed.events);
        const place = placeOf(request.replayFrom);
        if (place > 0 && place <= this.#deafThrough) session.deafen();
      }
      return session;
    };
  }
}

class Session implements StreamSession {
  readonly ended: Promise<SessionEnd>;
  #end: (why: SessionEnd) => void = () => undefined;
  #over = false;
  #silent = false;
  #deaf = false;
  #queued = 0;
  readonly #listener = (event: BusEvent) => this.#queue([event]);
  readonly #random;
  #lastDelivery = 0;

  constructor(
    readonly world: World,
    readonly life: Life,
    readonly request: SessionRequest,
    readonly onOver: (session: Session) => void,
  ) {
    this.ended = new Promise((resolve) => (this.#end = resolve));
    this.#random = world.random(`session ${world.timeline.now()}`);
    life.onEnd(() => this.end({ failure: "lost", reason: "dead" }));
  }

  get upToDate(): boolean {
    return this.#queued === 0 && !this.#silent;
  }

  subscribe(kept: readonly BusEvent[]): void {
    this.world.note(`stream subscribed from ${placeOf(this.request.replayFrom)}`);
    this.world.org.bus.listeners.add(this.#listener);
    // The service learns of the session first, as it would from the transport.
    this.world.timeline.after(1, () => {
      if (this.#over) return;
      this.request.onReply();
      this.request.onSubscribed();
    });
    if (kept.length > 0) this.#queue(kept);
  }

  close(): void {
    this.end({ failure: "lost", reason: "closed" });
  }

  end(why: SessionEnd): void {
    if (this.#over) return;
    this.#over = true;
    this.world.org.bus.listeners.delete(this.#listener);
    this.onOver(this);
    if (this.life.alive) this.#end(why);
  }

  silence(forMs: number): void {
    this.#silent = true;
    this.world.timeline.after(forMs, () =>
      this.end({ failure: "lost", reason: "no answer to a poll" }),
    );
  }

  deafen(): void {
    this.#deaf = true;
  }

  /** One answer of a poll: all of them together, after those before. */
  #queue(events: readonly BusEvent[]): void {
    const { timeline } = this.world;
    this.#queued += events.length;
    this.#lastDelivery = Math.max(
      this.#lastDelivery,
      timeline.now() + this.#random.between(5, 120),
    );
    timeline.after(this.#lastDelivery - timeline.now(), () => {
      if (this.#over || this.#silent || this.#deaf) return;
      this.#queued -= events.length;
      this.request.onReply();
      for (const { replayId, eventUuid, payload } of events) {
        this.request.onEvent({ replayId: String(replayId), eventUuid, payload });
      }
    });
  }
}

function placeOf(from: ReplayFrom): number {
  if (from === "new") return -1;
  return from === "all" ? -2 : Number(from.after);
}
