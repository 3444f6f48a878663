import { expectSame, type Step } from "./step.ts";

export const lockedField: Step = {
  title: "Edit a locked field: refused",
  play: async (stage) => {
    const link = await stage.link("Bengaluru Data Days");
    const before = await stage.readEvent(link, "Event Tier");
    const { status, body } = await stage.editEvent(link, { "Event Tier": "C – Local" });
    expectSame("Circa's status", status, 422);
    expectSame("Circa's answer", body, { errors: [{ code: "locked" }] });
    expectSame("The Event", await stage.readEvent(link, "Event Tier"), before);
    return { seen: "422 locked, the Event is as before", tookMs: null };
  },
};
