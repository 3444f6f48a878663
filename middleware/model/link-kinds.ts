/**
 * Kinds of link between a record of Circa and one of Salesforce. Each has a sync pass of its own;
 * the queue, the write journal, history, problems and reverts are shared by all. Those take any
 * text for a kind, and only what is of the kind that they are given.
 */
export const linkKinds = ["event"] as const;
export type LinkKind = (typeof linkKinds)[number];

/** An Event and its Campaign. */
export const eventKind = "event" satisfies LinkKind;
