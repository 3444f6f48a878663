import { expectSame, timeUntil, type Step } from "./step.ts";

export const forcedEdit: Step = {
  title: "Force an edit past the lock: reverted",
  play: async (stage) => {
    const link = await stage.link("Bengaluru Data Days");
    const before = await stage.readEvent(link, "Event Tier");
    const tookMs = await timeUntil(
      async () => {
        const forced = await stage.circaEmulator.send("POST", "/emulator/force", {
          event_id: link.eventId,
          changes: stage.toEventBody({ "Event Tier": "C – Local" }),
        });
        const { id } = await stage.field("Event Tier");
        expectSame("The forced edit", forced, { custom_fields: { [id]: "C – Local" } });
      },
      before,
      () => stage.readEvent(link, "Event Tier"),
    );
    return { seen: `Event Tier is ${String(before["Event Tier"])} again`, tookMs };
  },
};
