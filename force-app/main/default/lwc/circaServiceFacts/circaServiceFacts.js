import { api, LightningElement } from "lwc";
import { fill, shortTime, webAddress } from "c/circaText";
import { labels } from "./labels";

/** What the sync service reports about itself. */
export default class CircaServiceFacts extends LightningElement {
  labels = labels;
  /** `service` of the set-up state. */
  @api service;

  get facts() {
    const { service } = this;
    return [
      [labels.heartbeat, shortTime(service.heartbeatAt)],
      [labels.stream, this.streamText],
      [labels.lastEvent, shortTime(service.lastEventAt)],
      [labels.intake, service.circaIntake],
      [labels.sweep, this.sweepText],
      [labels.links, service.links],
      [labels.backlog, this.pairText(labels.backlogText, service.backlogDue, service.backlogLater)],
      [labels.problems, service.openProblems],
      [labels.api, this.pairText(labels.apiText, service.apiUsed, service.apiLimit)],
      [labels.version, service.version],
    ].map(([name, value]) => ({
      name,
      value: value == null || value === "" ? labels.none : value,
    }));
  }

  get consoleUrl() {
    return webAddress(this.service.url);
  }

  get streamText() {
    const { streamState, streamSince } = this.service;
    return streamState ? fill(labels[streamState] ?? streamState, shortTime(streamSince)) : null;
  }

  get sweepText() {
    const { lastSweepAt, lastSweepMissed } = this.service;
    return lastSweepAt ? fill(labels.missed, shortTime(lastSweepAt), lastSweepMissed ?? 0) : null;
  }

  pairText(label, one, other) {
    return one == null || other == null ? null : fill(label, one, other);
  }
}
