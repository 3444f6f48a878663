/**
 * A blank that was met at the initial sync and could not be filled: neither side is overwritten,
 * and people are notified, until the side that is blank changes. Pure.
 */
import type { Mapping } from "../mappings/mapping.ts";
import { quoteText, showValue } from "../values/show-value.ts";

export interface HeldBlank {
  readonly mapping: Mapping;
  /** The side that owns the field and has no value. */
  readonly blank: "event" | "campaign";
  /** What the other side holds, in its own form. */
  readonly value: unknown;
}

/** What people read on the Event, the Campaign and the panel: a fact, not a problem. */
export function describeHeldBlank({ mapping, blank, value }: HeldBlank): {
  readonly message: string;
  readonly hint: string;
} {
  const { circa, campaign } = mapping;
  const onEvent = `the Event's ${quoteText(circa.label)}`;
  const onCampaign = `the Campaign's ${quoteText(campaign.label)}`;
  const [empty, filled] = blank === "event" ? [onEvent, onCampaign] : [onCampaign, onEvent];
  return {
    message: `${upperFirst(empty)} is blank and ${filled} holds ${showValue(value)}. The first sync overwrites no value with a blank, and the blank side can't take this value, so both stay as they are.`,
    hint: `They are synced again as soon as ${empty} changes.`,
  };
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
