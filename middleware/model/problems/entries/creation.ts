/** New Campaigns, and links that wait for long. */
import type { ProblemEntries } from "./entry.ts";

export const creationEntries = {
  CAMPAIGN_NAME_BLANK: {
    meaning: "No Campaign is created: the fields of its name are blank.",
    remedy: "Fill in the Event's name.",
    message: {
      english: 'The fields that make up the Campaign\'s "{label}" are blank on the Event.',
      german: "Die Felder, aus denen „{label}“ der Kampagne besteht, sind auf dem Event leer.",
    },
    hint: { english: "Fill in the Event's name.", german: "Tragen Sie den Namen des Events ein." },
  },
  CAMPAIGN_NOT_CREATED: {
    meaning: "Salesforce refuses the new Campaign.",
    remedy:
      "Correct what the message names: a required field, a rule, the setting's record type or parent Campaign.",
    wordings: {
      required: {
        message: {
          english: "Salesforce refuses the new Campaign for this Event: {said}",
          german: "Salesforce lehnt die neue Kampagne für dieses Event ab: {said}",
        },
        hint: {
          english:
            "Give {fields} a value: map an Event field To Salesforce to it and fill that in, or set a default value in Salesforce.",
          german:
            "Geben Sie {fields} einen Wert: Ordnen Sie ihm ein Event-Feld in der Richtung To Salesforce zu und füllen Sie es aus, oder legen Sie in Salesforce einen Standardwert fest.",
        },
      },
      setting: {
        message: {
          english: "Salesforce refuses the new Campaign for this Event: {said}",
          german: "Salesforce lehnt die neue Kampagne für dieses Event ab: {said}",
        },
        hint: {
          english: "Correct the record type and the parent Campaign in Circa Sync Setting.",
          german:
            "Korrigieren Sie den Datensatztyp und die übergeordnete Kampagne in Circa Sync Setting.",
        },
      },
      rule: {
        message: {
          english: "Salesforce refuses the new Campaign for this Event: {said}",
          german: "Salesforce lehnt die neue Kampagne für dieses Event ab: {said}",
        },
        hint: {
          english: "Correct the Event, or the rule in Salesforce that is named here.",
          german: "Korrigieren Sie das Event oder die Regel in Salesforce, die hier genannt ist.",
        },
      },
    },
  },
  CAMPAIGN_NOT_VISIBLE: {
    meaning: "The Campaign was created, and the integration user can't see it.",
    remedy: "Share it with that user.",
    message: {
      english:
        "The Campaign for this Event is in Salesforce, but the integration user can't see it.",
      german:
        "Die Kampagne für dieses Event ist in Salesforce, aber der Integrationsbenutzer sieht sie nicht.",
    },
    hint: {
      english:
        "Share it with the integration user: with a private sharing model a Campaign of another owner is hidden.",
      german:
        "Geben Sie sie für den Integrationsbenutzer frei: Bei privater Freigabe ist eine Kampagne eines anderen Inhabers verborgen.",
    },
  },
  WAITING_FOR_SALESFORCE: {
    meaning: "For ten minutes the Campaign has been locked or Salesforce busy.",
    remedy:
      "Wait: the service tries again at growing intervals. If it stays, look for a job that locks Campaigns for long.",
    message: {
      english: "Waiting for Salesforce since {since}: {said}",
      german: "Es wird seit {since} auf Salesforce gewartet: {said}",
    },
    hint: {
      english: "Nothing has to be done: the service tries again by itself.",
      german: "Es ist nichts zu tun: Der Dienst versucht es von selbst wieder.",
    },
  },
  WAITING_FOR_CIRCA: {
    meaning: "For ten minutes Circa has put the Event off.",
    remedy: "Wait: the service tries again at growing intervals.",
    message: {
      english: "Waiting for Circa since {since}: {said}",
      german: "Es wird seit {since} auf Circa gewartet: {said}",
    },
    hint: {
      english: "Nothing has to be done: the service tries again by itself.",
      german: "Es ist nichts zu tun: Der Dienst versucht es von selbst wieder.",
    },
  },
  NOT_PERMITTED: {
    meaning:
      "Salesforce or Circa refuses the call for lack of the right or setting in the message.",
    remedy: "Have an admin give the integration user that right; the service tries again.",
    message: {
      english: "This Event can't be brought in line: {said}",
      german: "Dieses Event lässt sich nicht abgleichen: {said}",
    },
    hint: {
      english:
        "Have an admin give the integration the right that the message names; the service tries again by itself.",
      german:
        "Lassen Sie der Integration von einem Admin das Recht geben, das die Meldung nennt; der Dienst versucht es von selbst wieder.",
    },
  },
} as const satisfies ProblemEntries;
