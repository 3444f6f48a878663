/** Problems of a link, of one of its fields, or of a list of values, that we find ourselves. */
import type { Entries } from "./entry.ts";

export const linkEntries = {
  CAMPAIGN_NOT_FOUND: {
    meaning: "The Campaign does not exist, or the integration user can't see it.",
    remedy: "Connect another one, restore it, or share it with that user.",
  },
  CAMPAIGN_TAKEN: {
    meaning: "The Campaign has another Event.",
    remedy: "Disconnect it there, or connect another Campaign.",
  },
  EVENT_NOT_FOUND: {
    meaning: "Circa has no Event with the Campaign's Event id.",
    remedy: "Connect it from Circa, or correct the id; case counts.",
  },
  EVENT_NOT_CONFIRMED_GONE: {
    meaning:
      "For ten minutes Circa has not found the Event or named another one: it was deleted, or the integration's key may not see it. Nothing is disconnected yet.",
    remedy:
      "Disconnect the Campaign if the Event was deleted; else have an admin check the key's rights in Circa. It also ends once Circa names any other Event.",
  },
  EVENT_TAKEN: {
    meaning: "In Circa the Campaign belongs to another Event.",
    remedy: "Disconnect one of the two Events.",
  },
  LINK_REFUSED: {
    meaning: "Salesforce refuses the Event's id on the Campaign: they are not connected.",
    remedy: "Meet the rule in the message, or have an admin exempt the integration user from it.",
  },
  RECORD_REFUSED: {
    meaning: "A validation rule, trigger or flow refuses the whole Campaign; nothing was written.",
    remedy: "Correct the Event or the Campaign to meet the rule in the message.",
  },
  REFUSED_BY_CIRCA: {
    meaning: "Circa refuses a value of the Campaign, or the Event as a whole.",
    remedy: "Choose a value that the Event's field takes.",
  },
  OTHER_END_WAITS: {
    meaning:
      "The other end of a range, such as start and end, has a problem; neither end is written.",
    remedy: "Correct the other end.",
  },
  STORED_DIFFERENTLY_IN_CIRCA: {
    meaning: "Circa stores another value than the Campaign's. It is not written again.",
    remedy: "Check the type and options of the Event's field.",
  },
  NOT_TOLD_BY_CIRCA: {
    meaning: "Circa's answer lacks a mapped field; the Campaign's value stays.",
    remedy: "Check in Circa that the field exists and the integration may read it.",
  },
  ALTERED_IN_SALESFORCE: {
    meaning:
      "A flow, trigger or integration changes the Campaign's field after each write. After three times in an hour the Event's value is written at growing intervals.",
    remedy:
      "Have an admin exempt the field from that automation, or map it FROM Salesforce. It closes once the Event's value stays.",
  },
  ALTERED_IN_CIRCA: {
    meaning:
      "An integration in Circa changes the Event's field after each write. After three times in an hour the Campaign's value is written at growing intervals.",
    remedy:
      "Find that integration, or map the field TO Salesforce. It closes once the Campaign's value stays.",
  },
  VALUE_NOT_FOR_RECORD_TYPE: {
    meaning: "The Campaign's record type does not offer the value.",
    remedy: "Choose an offered value, or have an admin add this one to the record type.",
  },
  VALUE_NOT_FOR_CONTROLLING_VALUE: {
    meaning: "The controlling field's value does not allow this one.",
    remedy: "Choose an allowed value, or change the controlling field.",
  },
  VALUE_REMOVED: {
    meaning:
      "Events hold a value that Salesforce took off its list; one problem for the field names them.",
    remedy: "Choose another value, or have an admin bring this one back.",
  },
  CAMPAIGN_NAME_BLANK: {
    meaning: "No Campaign is created: the fields of its name are blank.",
    remedy: "Fill in the Event's name.",
  },
  CAMPAIGN_NOT_CREATED: {
    meaning: "Salesforce refuses the new Campaign.",
    remedy:
      "Correct what the message names: a required field, a rule, the setting's record type or parent Campaign.",
  },
  CAMPAIGN_NOT_VISIBLE: {
    meaning: "The Campaign was created, and the integration user can't see it.",
    remedy: "Share it with that user.",
  },
  WAITING_FOR_SALESFORCE: {
    meaning: "For ten minutes the Campaign has been locked or Salesforce busy.",
    remedy:
      "Wait: the service tries again at growing intervals. If it stays, look for a job that locks Campaigns for long.",
  },
  WAITING_FOR_CIRCA: {
    meaning: "For ten minutes Circa has put the Event off.",
    remedy: "Wait: the service tries again at growing intervals.",
  },
  NOT_PERMITTED: {
    meaning:
      "Salesforce or Circa refuses the call for lack of the right or setting in the message.",
    remedy: "Have an admin give the integration user that right; the service tries again.",
  },
} as const satisfies Entries;
