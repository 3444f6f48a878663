/**
 * A blank that was met at the initial sync and could not be filled: neither side is overwritten,
 * and people are notified, until the side that is blank changes. Pure.
 */
import type { Words } from "../../model/problems/parameters.ts";
import { heldBlankWords } from "../../model/problems/held-blank.ts";
import type { ProblemWords } from "../../model/problems/words.ts";
import type { Mapping } from "../mappings/mapping.ts";
import { showText, showValue } from "../values/show-value.ts";

export interface HeldBlank {
  readonly mapping: Mapping;
  /** The side that owns the field and has no value. */
  readonly blank: "event" | "campaign";
  /** What the other side holds, in its own form. */
  readonly value: unknown;
}

/** What people read on the Event, the Campaign and the panel: a fact, not a problem. */
export function describeHeldBlank({ mapping, blank, value }: HeldBlank): ProblemWords {
  const onEvent: Words = { phrase: "eventField", label: showText(mapping.circa.label) };
  const onCampaign: Words = { phrase: "campaignField", label: showText(mapping.campaign.label) };
  const [empty, filled] = blank === "event" ? [onEvent, onCampaign] : [onCampaign, onEvent];
  return heldBlankWords({ empty, filled, value: showValue(value) });
}
