/** Problems of a link, of one of its fields, or of a list of values, that we find ourselves. */
import type { Entries } from "./entry.ts";

export const linkEntries = {
  CAMPAIGN_NOT_FOUND: {
    meaning: "The Event's Campaign does not exist, or the integration user can't see it.",
    remedy: "Connect another Campaign, restore it, or share it with the integration user.",
  },
  CAMPAIGN_TAKEN: {
    meaning: "The Campaign has another Event already.",
    remedy: "Disconnect it there first, or connect another Campaign.",
  },
  EVENT_NOT_FOUND: {
    meaning: "The Campaign names an Event that does not exist in Circa.",
    remedy:
      "Connect it from Circa, or correct the Event id on the Campaign: upper and lower case count.",
  },
  EVENT_NOT_CONFIRMED_GONE: {
    meaning:
      "For ten minutes Circa has not found the Event, and no list names another one: it was deleted, or the integration's key may not see it. Until that is known, nothing is disconnected.",
    remedy:
      "Disconnect the Campaign if the Event was deleted; otherwise have an admin check the key's rights in Circa. It also ends as soon as Circa names any other Event.",
  },
  EVENT_TAKEN: {
    meaning: "In Circa the Campaign belongs to another Event.",
    remedy: "Disconnect one of the two Events in Circa.",
  },
  LINK_REFUSED: {
    meaning: "Salesforce refuses the Event's id on the Campaign, so they are not connected.",
    remedy:
      "Meet the rule that the message names, or have an admin except the integration user from it.",
  },
  RECORD_REFUSED: {
    meaning:
      "A validation rule, a trigger or a flow of the org refuses the whole Campaign, so nothing was written.",
    remedy: "Correct the Event or the Campaign so that the rule in the message is met.",
  },
  REFUSED_BY_CIRCA: {
    meaning: "Circa refuses a value of the Campaign, or the Event as a whole.",
    remedy: "Change the Campaign's value to one that the Event's field takes.",
  },
  OTHER_END_WAITS: {
    meaning:
      "The other end of a range, such as start and end, can't be taken over, so neither end is written.",
    remedy: "Correct the other field's value.",
  },
  STORED_DIFFERENTLY_IN_CIRCA: {
    meaning: "Circa took the Campaign's value and keeps another one. It is not written again.",
    remedy: "Check the type and the options of the Event's field.",
  },
  NOT_TOLD_BY_CIRCA: {
    meaning: "Circa's answer leaves out a mapped field, so the Campaign's value stays.",
    remedy: "Check in Circa that the field is still there and that the integration may read it.",
  },
  ALTERED_IN_SALESFORCE: {
    meaning:
      "A flow, trigger or integration of the org changes the Campaign's field each time after the Event's value was written. After three times in an hour it is written at growing intervals.",
    remedy:
      "Have an admin except the field from that automation, or map it FROM Salesforce. It closes as soon as the Event's value stays.",
  },
  ALTERED_IN_CIRCA: {
    meaning:
      "Something in Circa changes the Event's field each time after the Campaign's value was written. After three times in an hour it is written at growing intervals.",
    remedy:
      "Find the integration that writes the field in Circa, or map it TO Salesforce. It closes as soon as the Campaign's value stays.",
  },
  VALUE_NOT_FOR_RECORD_TYPE: {
    meaning: "The picklist does not offer the value for the Campaign's record type.",
    remedy: "Choose a value that it offers, or have an admin add this one to the record type.",
  },
  VALUE_NOT_FOR_CONTROLLING_VALUE: {
    meaning: "The value of the controlling field does not allow this one.",
    remedy: "Choose an allowed value, or change the field on which it depends.",
  },
  VALUE_REMOVED: {
    meaning:
      "Events hold a value that Salesforce took off its list; one problem for the field names them.",
    remedy: "Choose another value on these Events, or have an admin bring the value back.",
  },
  CAMPAIGN_NAME_BLANK: {
    meaning: "No Campaign is made: the fields of its name are blank on the Event.",
    remedy: "Fill in the Event's name.",
  },
  CAMPAIGN_NOT_CREATED: {
    meaning: "Salesforce refuses the new Campaign for the Event.",
    remedy:
      "Do what the message names: a required field, a rule, the record type or the parent Campaign of the setting.",
  },
  CAMPAIGN_NOT_VISIBLE: {
    meaning: "The Campaign was made, and the integration user can't see it.",
    remedy: "Share it with the integration user.",
  },
  WAITING_FOR_SALESFORCE: {
    meaning: "For ten minutes Salesforce has put the Campaign off: it is locked or busy.",
    remedy:
      "Nothing: it is tried again, at growing intervals. When it stays, look for a job that locks Campaigns for long.",
    passes: true,
  },
  WAITING_FOR_CIRCA: {
    meaning: "For ten minutes Circa has put the Event off.",
    remedy: "Nothing: it is tried again, at growing intervals.",
    passes: true,
  },
  NOT_PERMITTED: {
    meaning:
      "Salesforce or Circa refuses the call for want of the right or setting that the message names.",
    remedy: "Have an admin give the integration user that right; it is tried again by itself.",
  },
} as const satisfies Entries;
