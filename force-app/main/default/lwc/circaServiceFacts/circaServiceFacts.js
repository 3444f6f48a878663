import { api, LightningElement } from "lwc";
import { fill, webAddress } from "c/circaText";
import { labels } from "./labels";

/** What the sync service reports about itself. */
export default class CircaServiceFacts extends LightningElement {
  labels = labels;
  /** `service` of the set-up state. */
  @api service;

  get facts() {
    const { service } = this;
    return [
      [labels.heartbeat, timeOnly(service.heartbeatAt), service.heartbeatAt],
      [labels.stream, this.streamText, service.streamSince],
      [labels.lastEvent, timeOnly(service.lastEventAt), service.lastEventAt],
      [labels.intake, service.circaIntake],
      [labels.sweep, this.sweepText, service.lastSweepAt],
      [labels.links, service.links],
      [labels.backlog, this.pairText(labels.backlogText, service.backlogDue, service.backlogLater)],
      [labels.problems, service.openProblems],
      [labels.api, this.pairText(labels.apiText, service.apiUsed, service.apiLimit)],
      [labels.version, service.version],
    ].map(([name, text, at]) => ({
      name,
      text: text == null || text === "" ? labels.none : text,
      at,
    }));
  }

  get consoleUrl() {
    return webAddress(this.service.url);
  }

  get streamText() {
    const { streamState } = this.service;
    return streamState ? (labels[streamState] ?? streamState) : null;
  }

  get sweepText() {
    const { lastSweepAt, lastSweepMissed } = this.service;
    return lastSweepAt ? fill(labels.missed, undefined, lastSweepMissed ?? 0) : null;
  }

  pairText(label, one, other) {
    return one == null || other == null ? null : fill(label, one, other);
  }
}

function timeOnly(at) {
  return at ? "{0}" : null;
}
