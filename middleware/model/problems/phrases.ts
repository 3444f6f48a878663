/** Parts of sentences that parameters stand for: like every text here, said where they are read. */
import type { Template } from "./entries/entry.ts";

export const phrases = {
  circaField: { english: `Circa's "{label}"`, german: "„{label}“ in Circa" },
  campaignField: { english: `the Campaign's "{label}"`, german: "„{label}“ der Kampagne" },
  eventField: { english: `the Event's "{label}"`, german: "„{label}“ des Events" },
  newName: {
    english: "the name for the new Campaign",
    german: "„Name der neuen Kampagne“",
  },
  newNameField: { english: `its "{label}"`, german: "„{label}“ der Kampagne" },
  text: { english: `"{text}"`, german: "„{text}“" },
  nothing: { english: "nothing", german: "nichts" },
  blank: { english: "blank", german: "leer" },
  unreadable: { english: "an unreadable value", german: "ein nicht lesbarer Wert" },
  andMore: { english: "{items} and {more} more", german: "{items} und {more} weitere" },
  emptyList: { english: "the values of an empty list", german: "einer leeren Liste" },
  aText: { english: "text", german: "ein Text" },
  aFlag: { english: "true or false", german: "wahr oder falsch" },
  texts: { english: "a list of texts", german: "eine Liste von Texten" },
  aPerson: {
    english: "a person or an e-mail address",
    german: "eine Person oder eine E-Mail-Adresse",
  },
  aTeam: { english: "a team or its name", german: "ein Team oder sein Name" },
  aRecordId: { english: "a record Id", german: "eine Datensatz-ID" },
  maxDigits: { english: "at most {digits} digits", german: "höchstens {digits} Stellen" },
  maxWholeDigits: {
    english: "at most {digits} digits before the decimal point",
    german: "höchstens {digits} Stellen vor dem Dezimalpunkt",
  },
  maxWhole: { english: "whole numbers up to {max}", german: "ganze Zahlen bis {max}" },
  together: { english: "{value} together with {others}", german: "{value} zusammen mit {others}" },
  noReason: { english: "no reason given", german: "ohne einen Grund zu nennen" },
  toConnect: { english: "to connect the Campaign", german: "das Verbinden der Kampagne" },
  toDisconnect: { english: "to disconnect the Campaign", german: "das Trennen der Kampagne" },
  syncState: { english: "the state of its sync", german: "dem Stand ihrer Synchronisierung" },
  heldValue: { english: "{value} ({about})", german: "{value} ({about})" },
  nowCalled: { english: "now {value}, as it seems", german: "jetzt offenbar {value}" },
  removedOrRenamed: { english: "removed or renamed", german: "entfernt oder umbenannt" },
  offRecordType: {
    english: "taken off the record type",
    german: "beim Datensatztyp nicht mehr ausgewählt",
  },
  switchedOff: { english: "switched off", german: "abgeschaltet" },
  theseEvents: { english: "these Events", german: "diesen Events" },
  theirCampaigns: { english: "their Campaigns", german: "ihren Kampagnen" },
  notCreatedYet: {
    english: "No Campaign is made for this Event yet.",
    german: "Für dieses Event wird noch keine Kampagne angelegt.",
  },
} as const satisfies Readonly<Record<string, Template>>;

export type PhraseName = keyof typeof phrases;
