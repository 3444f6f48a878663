import { forgetSessions, killSockets, pushTooBusy } from "../streaming/push-to-polls.ts";
import type { ControlContext } from "./control-context.ts";
import type { FaultRequest, StreamingFault } from "../setup/fault-schemas.ts";

/** Sets the faults of a request; those that strike at once say how much they hit. */
export function applyFaults(context: ControlContext, request: FaultRequest): object {
  if (request.clear) {
    context.faults.clear();
    context.streaming.faults.clear();
  }
  if (request.seed !== undefined) context.faults.seed(request.seed);
  const applied = request.faults.map((fault) => {
    switch (fault.name) {
      case "shortPages":
        context.faults.pageSize = fault.size;
        return { name: fault.name };
      case "lacks":
        context.faults.addLacks(fault);
        return { name: fault.name };
      case "rejectRow":
      case "lockRow":
        context.faults.addRowFault(fault);
        return { name: fault.name };
      case "respondRest":
      case "invalidSession":
      case "requestLimit":
      case "unavailable":
      case "hangBefore":
      case "dropBefore":
      case "hangAfter":
      case "dropAfter":
      case "truncateAfter":
      case "slow":
      case "longAddress":
        context.faults.addRequestFault(fault);
        return { name: fault.name };
      default:
        return { name: fault.name, ...applyStreamingFault(context, fault) };
    }
  });
  return { applied, standing: context.faults.list() };
}

function applyStreamingFault(context: ControlContext, fault: StreamingFault): object {
  const { streaming, bus } = context;
  const { faults } = streaming;
  switch (fault.name) {
    case "revokeToken":
      return { revoked: context.tokens.revoke(userIdOf(context, fault.username)) };
    case "forgetSessions":
      return { sessions: forgetSessions(streaming) };
    case "killSockets":
      return { sockets: killSockets(streaming) };
    case "truncateNextDelivery":
      faults.truncations = fault.times;
      return {};
    case "hangNextPoll":
      faults.hangs = fault.times;
      return {};
    case "respond":
      faults.responses = fault;
      return {};
    case "tooBusyDisguisedAs401": {
      const told = pushTooBusy(streaming);
      faults.tooBusy = Math.max(fault.times - told, 0);
      return { told };
    }
    case "reconnectNoneOn403":
      faults.reconnectNoneOnUnknownClient = fault.on;
      return {};
    case "connectReplyFirst":
      faults.connectReplyFirst = fault.on;
      return {};
    case "denyHandshake":
      faults.denials = fault;
      return {};
    case "purgeBefore":
      bus.purgeThrough(fault.replayId === undefined ? undefined : fault.replayId - 1);
      return { newestReplayId: bus.newestReplayId };
    case "duplicateEvent":
      return { replayId: bus.repeatLast(fault.channel)?.replayId ?? null };
    case "resetStream":
      bus.restartIds();
      return {};
    case "dropEvents":
      bus.dropNext = fault.times;
      return {};
    case "deafReplay":
      faults.deafThrough = bus.newestReplayId;
      for (const session of streaming.sessions.values()) session.subscriptions.clear();
      return { through: bus.newestReplayId };
    case "foreignCookieDomain":
      faults.foreignCookies = fault.times;
      return {};
    case "delay":
      faults.delay = fault;
      return {};
  }
}

function userIdOf(context: ControlContext, username: string | undefined): string {
  if (username === undefined) return context.identity.integration.userId;
  const user = [...context.org.store.rows("User")].find((row) => row.Username === username);
  return user?.Id ?? "";
}
