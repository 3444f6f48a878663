/** Values of lists, and people, that can't be carried over; blanks and directions as well. */
import type { ProblemEntries } from "./entry.ts";

export const choiceEntries = {
  VALUE_NOT_IN_LIST: {
    meaning: "A restricted list takes only its own values.",
    remedy: "Choose one, or have an admin add this one.",
    message: {
      english: "{from} holds {value}, which is not a value of {to}.",
      german: "{from} enthält {value}, und das ist kein Wert von {to}.",
    },
    hint: {
      english: "Choose one of {list} in {from}, or have an admin add the value to {to}.",
      german:
        "Wählen Sie in {from} einen der Werte {list}, oder lassen Sie den Wert von einem Admin zu {to} hinzufügen.",
    },
  },
  VALUE_INACTIVE: {
    meaning: "A restricted picklist takes no deactivated value.",
    remedy: "Choose an active one, or have an admin activate this one.",
    message: {
      english: "{from} holds {value}, a value that is switched off in {to}.",
      german: "{from} enthält {value}, und dieser Wert von {to} ist abgeschaltet.",
    },
    hint: {
      english: "Choose one of {list} in {from}, or have an admin activate the value in {to}.",
      german:
        "Wählen Sie in {from} einen der Werte {list}, oder lassen Sie den Wert von {to} durch einen Admin aktivieren.",
    },
  },
  LIST_SEPARATOR: {
    meaning: "A value of a list may contain no semicolon.",
    remedy: "Rename the value.",
    message: {
      english: "{from} has the value {value} with a semicolon, which {to} would take for two.",
      german: "{from} hat den Wert {value} mit einem Semikolon; daraus würden in {to} zwei.",
    },
    hint: {
      english: "Rename the value in {from} so that it has no semicolon.",
      german: "Benennen Sie den Wert in {from} so um, dass er kein Semikolon hat.",
    },
  },
  TOO_MANY_VALUES: {
    meaning: "A field for one value takes no list.",
    remedy: "Leave one value, or map to a field for several.",
    message: {
      english: "{from} holds {count} values ({value}), {to} takes one.",
      german: "{from} enthält {count} Werte ({value}), {to} fasst nur einen.",
    },
    hint: {
      english: "Leave one value in {from}, or map it to a field for several values.",
      german:
        "Lassen Sie in {from} einen Wert stehen, oder ordnen Sie ein Feld für mehrere Werte zu.",
    },
  },
  PERSON_WITHOUT_EMAIL: {
    meaning: "People are matched by e-mail address.",
    remedy: "Give the person one in Circa, or choose another person.",
    message: {
      english: "{from} is {value}, a person without an e-mail address for {to}.",
      german: "{from} ist {value}, eine Person ohne E-Mail-Adresse für {to}.",
    },
    hint: {
      english: "Give that person an e-mail address in Circa, or choose another person.",
      german:
        "Tragen Sie für diese Person in Circa eine E-Mail-Adresse ein, oder wählen Sie eine andere Person.",
    },
  },
  USER_NOT_FOUND: {
    meaning: "A person must be exactly one active Salesforce user with the same e-mail.",
    remedy: "Activate that user, correct the address, or choose another person.",
    message: {
      english:
        "{from} is {value}, and not exactly one active Salesforce user has that e-mail, so {to} can't be set.",
      german:
        "{from} ist {value}; diese E-Mail-Adresse hat nicht genau ein aktiver Salesforce-Benutzer, daher bleibt {to} unverändert.",
    },
    hint: {
      english:
        "Activate that user in Salesforce (or correct the e-mail address), or choose another person in {from}.",
      german:
        "Aktivieren Sie diesen Benutzer in Salesforce (oder korrigieren Sie die E-Mail-Adresse), oder wählen Sie in {from} eine andere Person.",
    },
  },
  USER_UNKNOWN: {
    meaning: "The integration must be able to read a Salesforce user's e-mail.",
    remedy: "Choose a user with an e-mail address; queues can't be carried.",
    message: {
      english: "{from} is the user {value}, whose e-mail address can't be read for {to}.",
      german:
        "{from} ist der Benutzer {value}, dessen E-Mail-Adresse sich für {to} nicht lesen lässt.",
    },
    hint: {
      english: "Choose a user with an e-mail address in {from}; queues can't be carried.",
      german:
        "Wählen Sie in {from} einen Benutzer mit einer E-Mail-Adresse; Warteschlangen lassen sich nicht übertragen.",
    },
  },
  USER_REFUSED: {
    meaning: "Salesforce does not let the integration look for the user.",
    remedy: "Let the integration user see users, or choose another person.",
    message: {
      english:
        "{from} is {value}; for {to} Salesforce was asked for that user and refused: {reason}.",
      german:
        "{from} ist {value}; für {to} wurde Salesforce nach diesem Benutzer gefragt und lehnte ab: {reason}.",
    },
    hint: {
      english: "Let the integration user see users in Salesforce, or choose another person.",
      german:
        "Erlauben Sie dem Integrationsbenutzer in Salesforce, Benutzer zu sehen, oder wählen Sie eine andere Person.",
    },
  },
  REQUIRED_BLANK: {
    meaning: "A required field is never blanked.",
    remedy: "Fill it in, or set the mapping's blank rule to Keep.",
    message: {
      english: "{from} is blank, but {to} must have a value.",
      german: "{from} ist leer, aber {to} braucht einen Wert.",
    },
    hint: {
      english: "Fill in {from}, or set the mapping's blank rule to Keep.",
      german:
        "Füllen Sie {from} aus, oder wählen Sie bei der Zuordnung unter „Wenn der Wert leer ist“ die Option „Die andere Seite so lassen“.",
    },
  },
  ONE_WAY: {
    meaning: "The two types fit in one direction only.",
    remedy: "Turn the mapping round, or map to a fitting type.",
    message: {
      english: "{from} ({value}) can't be sent to {to}: this pair works the other way only.",
      german:
        "{from} ({value}) lässt sich nicht an {to} senden: Diese beiden Felder passen nur in der anderen Richtung.",
    },
    hint: {
      english: "Turn the mapping's direction round, or map to a field of a fitting type.",
      german:
        "Kehren Sie die Richtung der Zuordnung um, oder ordnen Sie ein Feld eines passenden Typs zu.",
    },
  },
} as const satisfies ProblemEntries;
