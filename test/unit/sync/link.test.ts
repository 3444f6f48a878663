import { resolveLink, type LinkInput } from "../../../middleware/sync/plan/link.ts";
import { aCampaign, anEvent, campaignId } from "../../support/builders.ts";

const other = "701000000000002AAA";
const eventId = anEvent().id;

/** Who says what: Circa names a Campaign, a Campaign holds the Event, both once agreed. */
function resolve(given: {
  circa: string | null | undefined;
  holder: string | null;
  baseline: string | null;
  named?: Partial<Parameters<typeof aCampaign>[1]> | null;
}) {
  const input: LinkInput = {
    event: anEvent({}, { campaignId: given.circa }),
    eventId,
    eventWasSeen: true,
    baselineCampaignId: given.baseline,
    holder: given.holder === null ? null : aCampaign({}, { id: given.holder, eventId }),
    named:
      given.named === null || given.circa == null
        ? null
        : aCampaign({}, { id: given.circa, eventId: null, ...given.named }),
  };
  const { campaign, fixes, problem } = resolveLink(input);
  return { campaign: campaign?.id ?? null, fixes, problem: problem?.code ?? null };
}

const connect = (id: string | null) => ({ kind: "connect_in_circa", campaignId: id });
const write = (id: string, event: string | null) => ({
  kind: "write_event_id",
  campaignId: id,
  eventId: event,
});

test.each([
  ["both agree", { circa: campaignId, holder: campaignId, baseline: campaignId }, campaignId, []],
  ["nobody is connected", { circa: null, holder: null, baseline: null }, null, []],
  [
    "connected in Circa",
    { circa: campaignId, holder: null, baseline: null },
    campaignId,
    [write(campaignId, eventId)],
  ],
  [
    "connected in Salesforce",
    { circa: null, holder: campaignId, baseline: null },
    campaignId,
    [connect(campaignId)],
  ],
  [
    "disconnected in Circa",
    { circa: null, holder: campaignId, baseline: campaignId },
    null,
    [write(campaignId, null)],
  ],
  [
    "disconnected in Salesforce",
    { circa: campaignId, holder: null, baseline: campaignId },
    null,
    [connect(null)],
  ],
  [
    "moved in Salesforce",
    { circa: campaignId, holder: other, baseline: campaignId },
    other,
    [connect(other)],
  ],
  [
    "moved in Circa",
    { circa: other, holder: campaignId, baseline: campaignId },
    other,
    [write(campaignId, null), write(other, eventId)],
  ],
  [
    "a Circa without the attribute follows Salesforce",
    { circa: undefined, holder: campaignId, baseline: null },
    campaignId,
    [],
  ],
  [
    "differently on both sides, never baseline: Salesforce's stays",
    { circa: other, holder: campaignId, baseline: null },
    campaignId,
    [connect(campaignId)],
  ],
])("%s", (_name, given, campaign, fixes) => {
  expect(resolve(given)).toEqual({ campaign, fixes, problem: null });
});

test("a Campaign that another Event holds is a problem, and nothing is written", () => {
  const taken = {
    circa: campaignId,
    holder: null,
    baseline: null,
    named: { eventId: "RXZlbnQtMg" },
  };
  expect(resolve(taken)).toEqual({ campaign: null, fixes: [], problem: "CAMPAIGN_TAKEN" });
});

test("an id that differs only in case is another Event", () => {
  const named = { eventId: eventId.toLowerCase() };
  const given = { circa: campaignId, holder: null, baseline: null, named };
  expect(resolve(given).problem).toBe("CAMPAIGN_TAKEN");
});

test("a Campaign that does not exist is a problem", () => {
  const missing = { circa: campaignId, holder: null, baseline: null, named: null };
  expect(resolve(missing)).toEqual({ campaign: null, fixes: [], problem: "CAMPAIGN_NOT_FOUND" });
});

test("a deleted Event lets go of its Campaign and deletes nothing", () => {
  const holder = aCampaign({}, { eventId });
  const state = resolveLink({
    event: null,
    eventId,
    eventWasSeen: true,
    baselineCampaignId: holder.id,
    holder,
    named: null,
  });
  expect(state).toEqual({ campaign: null, fixes: [write(holder.id, null)], problem: null });
});

test("an Event that never was is a problem, and what a person typed stays", () => {
  const holder = aCampaign({}, { eventId });
  const state = resolveLink({
    event: null,
    eventId,
    eventWasSeen: false,
    baselineCampaignId: null,
    holder,
    named: null,
  });
  expect(state).toMatchObject({ campaign: null, fixes: [], problem: { code: "EVENT_NOT_FOUND" } });
});
