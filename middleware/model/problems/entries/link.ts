/** Problems of a link as a whole, and of what Circa refuses. */
import type { ProblemEntries } from "./entry.ts";

export const linkEntries = {
  CAMPAIGN_NOT_FOUND: {
    meaning: "The Campaign does not exist, or the integration user can't see it.",
    remedy: "Connect another one, restore it, or share it with that user.",
    message: {
      english:
        "The connected Campaign {campaign} does not exist in Salesforce or is not visible to the integration user.",
      german:
        "Die verbundene Kampagne {campaign} gibt es in Salesforce nicht, oder der Integrationsbenutzer sieht sie nicht.",
    },
    hint: {
      english: "Connect another Campaign, or restore it in Salesforce.",
      german: "Verbinden Sie eine andere Kampagne, oder stellen Sie sie in Salesforce wieder her.",
    },
  },
  CAMPAIGN_TAKEN: {
    meaning: "The Campaign has another Event.",
    remedy: "Disconnect it there, or connect another Campaign.",
    message: {
      english: 'The Campaign "{name}" is already connected to another Event ({event}).',
      german: "Die Kampagne „{name}“ ist schon mit einem anderen Event verbunden ({event}).",
    },
    hint: {
      english: "Disconnect it there first, or connect another Campaign.",
      german: "Trennen Sie sie zuerst dort, oder verbinden Sie eine andere Kampagne.",
    },
  },
  EVENT_NOT_FOUND: {
    meaning: "Circa has no Event with the Campaign's Event id.",
    remedy: "Connect it from Circa, or correct the id; case counts.",
    message: {
      english: 'The Campaign "{name}" names the Event {event}, which does not exist in Circa.',
      german: "Die Kampagne „{name}“ nennt das Event {event}, das es in Circa nicht gibt.",
    },
    hint: {
      english:
        "Connect it from Circa, or correct the Event id on the Campaign: upper and lower case count.",
      german:
        "Verbinden Sie sie von Circa aus, oder korrigieren Sie die Event-ID auf der Kampagne: Groß- und Kleinschreibung zählen.",
    },
  },
  EVENT_NOT_CONFIRMED_GONE: {
    meaning:
      "For ten minutes Circa has not found the Event or named another one: it was deleted, or the integration's key may not see it. Nothing is disconnected yet.",
    remedy:
      "Disconnect the Campaign if the Event was deleted; else have an admin check the key's rights in Circa. It also ends once Circa names any other Event.",
    message: {
      english:
        "Since {since} Circa does not find this Event, and it lists no other one that would show that the integration may see Events at all. The connection is kept.",
      german:
        "Seit {since} findet Circa dieses Event nicht und nennt auch kein anderes, an dem zu sehen wäre, dass die Integration überhaupt Events sehen darf. Die Verbindung bleibt bestehen.",
    },
    hint: {
      english:
        "If the Event was deleted, disconnect the Campaign. If it is there, have an admin check in Circa which Events the integration's key may see.",
      german:
        "Wurde das Event gelöscht, trennen Sie die Kampagne. Ist es noch da, lassen Sie einen Admin in Circa prüfen, welche Events der Schlüssel der Integration sehen darf.",
    },
  },
  EVENT_TAKEN: {
    meaning: "In Circa the Campaign belongs to another Event.",
    remedy: "Disconnect one of the two Events.",
    message: {
      english: "Circa refuses to connect this Event to the Campaign: {said}",
      german: "Circa lehnt es ab, dieses Event mit der Kampagne zu verbinden: {said}",
    },
    hint: {
      english: "The Campaign is connected to another Event in Circa. Disconnect one of the two.",
      german:
        "Die Kampagne ist in Circa mit einem anderen Event verbunden. Trennen Sie eines der beiden.",
    },
  },
  LINK_REFUSED: {
    meaning: "Salesforce refuses the Event's id on the Campaign: they are not connected.",
    remedy: "Meet the rule in the message, or have an admin exempt the integration user from it.",
    message: {
      english: "Salesforce refuses {what}: {said}",
      german: "Salesforce lehnt {what} ab: {said}",
    },
    hint: {
      english: "Correct the Event or the Campaign so that the rule named here is met.",
      german:
        "Korrigieren Sie das Event oder die Kampagne so, dass die hier genannte Regel erfüllt ist.",
    },
  },
  RECORD_REFUSED: {
    meaning: "A validation rule, trigger or flow refuses the whole Campaign; nothing was written.",
    remedy: "Correct the Event or the Campaign to meet the rule in the message.",
    message: {
      english: "Salesforce refuses the Campaign with {fields}: {said}",
      german: "Salesforce lehnt die Kampagne mit {fields} ab: {said}",
    },
    hint: {
      english: "Correct the Event or the Campaign so that the rule named here is met.",
      german:
        "Korrigieren Sie das Event oder die Kampagne so, dass die hier genannte Regel erfüllt ist.",
    },
  },
  REFUSED_BY_CIRCA: {
    meaning: "Circa refuses a value of the Campaign, or the Event as a whole.",
    remedy: "Choose a value that the Event's field takes.",
    wordings: {
      event: {
        message: {
          english: "Circa refuses the Campaign's values: {said}",
          german: "Circa lehnt die Werte der Kampagne ab: {said}",
        },
        hint: {
          english: "Compare the Event's fields with the Campaign's.",
          german: "Vergleichen Sie die Felder des Events mit denen der Kampagne.",
        },
      },
      field: {
        message: {
          english: "Circa refuses {change}: {said}",
          german: "Circa lehnt {change} ab: {said}",
        },
        hint: {
          english: "Change the Campaign's {field} to a value that Circa takes.",
          german: "Ändern Sie {field} der Kampagne auf einen Wert, den Circa annimmt.",
        },
      },
    },
  },
} as const satisfies ProblemEntries;
