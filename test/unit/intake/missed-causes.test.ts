import {
  causeInCirca,
  causeInSalesforce,
  type CampaignEvidence,
  type Circumstances,
} from "../../../middleware/store/intake/missed-causes.ts";

const circumstances = (given: Partial<Circumstances> = {}): Circumstances => ({
  outages: [],
  streamDownSince: null,
  polling: false,
  ...given,
});
const evidence = (given: Partial<CampaignEvidence> = {}): CampaignEvidence => ({
  changedAt: 500_000,
  moved: true,
  firstContact: false,
  sweptPast: false,
  ...given,
});
const during = (what: "stream" | "middleware") =>
  circumstances({ outages: [{ what, fromMs: 400_000, untilMs: 600_000 }] });

test.each([
  ["webhook_lost", circumstances()],
  ["poll_missed", circumstances({ polling: true })],
  ["middleware_down", during("middleware")],
  ["webhook_lost", during("stream")],
])("an Event that nobody told of: %s", (cause, given) => {
  expect(causeInCirca(500_000, given)).toBe(cause);
});

test.each([
  ["event_lost", evidence(), circumstances()],
  ["stream_gap", evidence(), during("stream")],
  ["stream_gap", evidence(), circumstances({ streamDownSince: 450_000 })],
  ["event_lost", evidence(), circumstances({ streamDownSince: 550_000 })],
  ["middleware_down", evidence(), during("middleware")],
  ["mapping_change", evidence({ firstContact: true, moved: false }), circumstances()],
  ["silent_change", evidence({ sweptPast: true }), circumstances()],
  ["unknown", evidence({ moved: false }), circumstances()],
  ["unknown", evidence({ moved: false }), during("stream")],
  ["event_lost", evidence({ changedAt: null }), circumstances()],
  ["stream_gap", evidence({ changedAt: null }), during("stream")],
] as const)("a Campaign that nobody told of: %s", (cause, given, at) => {
  expect(causeInSalesforce(given, at)).toBe(cause);
});
