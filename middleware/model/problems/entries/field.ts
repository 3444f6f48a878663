/** Problems of one of a link's fields, or of a list of values, that we find ourselves. */
import type { ProblemEntries } from "./entry.ts";

export const fieldEntries = {
  OTHER_END_WAITS: {
    meaning:
      "The other end of a range, such as start and end, has a problem; neither end is written.",
    remedy: "Correct the other end.",
    message: {
      english: "{own} waits: it makes a range with {other}, whose value can't be taken over.",
      german:
        "{own} wartet: Es bildet einen Zeitraum mit {other}, dessen Wert sich nicht übernehmen lässt.",
    },
    hint: {
      english: "Correct {other}; both go together then.",
      german: "Korrigieren Sie {other}; dann werden beide zusammen übertragen.",
    },
  },
  STORED_DIFFERENTLY_IN_CIRCA: {
    meaning: "Circa stores another value than the Campaign's. It is not written again.",
    remedy: "Check the type and options of the Event's field.",
    message: {
      english: "Circa took {change} but keeps {stored}.",
      german: "Circa hat {change} angenommen, speichert aber {stored}.",
    },
    hint: {
      english: "Check the Event's {field}: its type or options may not hold the Campaign's value.",
      german:
        "Prüfen Sie {field} des Events: Sein Typ oder seine Optionen fassen den Wert der Kampagne vielleicht nicht.",
    },
  },
  NOT_TOLD_BY_CIRCA: {
    meaning: "Circa's answer lacks a mapped field; the Campaign's value stays.",
    remedy: "Check in Circa that the field exists and the integration may read it.",
    message: {
      english:
        "Circa's answer for this Event leaves out {own}. Whether it has a value there is not known, so {kept} stays as it is.",
      german:
        "In der Antwort von Circa zu diesem Event fehlt {own}. Ob das Feld dort einen Wert hat, ist nicht bekannt, daher bleibt {kept} unverändert.",
    },
    hint: {
      english:
        "Have an admin check in Circa that the field is still there and that the integration may read it. The service tries again by itself.",
      german:
        "Lassen Sie einen Admin in Circa prüfen, ob es das Feld noch gibt und ob die Integration es lesen darf. Der Dienst versucht es von selbst wieder.",
    },
  },
  ALTERED_IN_SALESFORCE: {
    meaning:
      "A flow, trigger or integration changes the Campaign's field after each write. After three times in an hour the Event's value is written at growing intervals.",
    remedy:
      "Have an admin exempt the field from that automation, or map it FROM Salesforce. It closes once the Event's value stays.",
    message: {
      english:
        'Something in Salesforce gives the Campaign\'s "{label}" the value {altered} each time after {written} was written, {count} times since {since}.',
      german:
        "Etwas in Salesforce ändert „{label}“ der Kampagne jedes Mal auf {altered}, nachdem {written} geschrieben wurde, {count}-mal seit {since}.",
    },
    hint: {
      english:
        "Have an admin except this field from the automation in Salesforce that changes it, or map it From Salesforce. It is written again from time to time.",
      german:
        "Lassen Sie einen Admin dieses Feld von der Automatisierung in Salesforce ausnehmen, die es ändert, oder ordnen Sie es in der Richtung From Salesforce zu. Es wird von Zeit zu Zeit wieder geschrieben.",
    },
  },
  ALTERED_IN_CIRCA: {
    meaning:
      "An integration in Circa changes the Event's field after each write. After three times in an hour the Campaign's value is written at growing intervals.",
    remedy:
      "Find that integration, or map the field TO Salesforce. It closes once the Campaign's value stays.",
    message: {
      english:
        'Something in Circa gives the Event\'s "{label}" the value {altered} each time after {written} was written, {count} times since {since}.',
      german:
        "Etwas in Circa ändert „{label}“ des Events jedes Mal auf {altered}, nachdem {written} geschrieben wurde, {count}-mal seit {since}.",
    },
    hint: {
      english:
        "Have an admin except this field from the automation in Circa that changes it, or map it To Salesforce. It is written again from time to time.",
      german:
        "Lassen Sie einen Admin dieses Feld von der Automatisierung in Circa ausnehmen, die es ändert, oder ordnen Sie es in der Richtung To Salesforce zu. Es wird von Zeit zu Zeit wieder geschrieben.",
    },
  },
  VALUE_NOT_FOR_RECORD_TYPE: {
    meaning: "The Campaign's record type does not offer the value.",
    remedy: "Choose an offered value, or have an admin add this one to the record type.",
    message: {
      english: "{from} holds {value}, which {to} does not offer for its record type {recordType}.",
      german:
        "{from} enthält {value}; diesen Wert bietet {to} beim Datensatztyp {recordType} nicht an.",
    },
    hint: {
      english: "Choose one of {list} in {from}, or have an admin add the value to the record type.",
      german:
        "Wählen Sie in {from} einen der Werte {list}, oder lassen Sie den Wert von einem Admin zum Datensatztyp hinzufügen.",
    },
  },
  VALUE_NOT_FOR_CONTROLLING_VALUE: {
    meaning: "The controlling field's value does not allow this one.",
    remedy: "Choose an allowed value, or change the controlling field.",
    wordings: {
      choose: {
        message: {
          english:
            "{from} holds {value}, which {to} does not allow while the Campaign's {controller} is {now}.",
          german:
            "{from} enthält {value}; diesen Wert lässt {to} nicht zu, solange {controller} der Kampagne {now} ist.",
        },
        hint: {
          english: "Choose one of {list} in {from}, or change {controller}, on which it depends.",
          german:
            "Wählen Sie in {from} einen der Werte {list}, oder ändern Sie {controller}, wovon das Feld abhängt.",
        },
      },
      none: {
        message: {
          english:
            "{from} holds {value}, which {to} does not allow while the Campaign's {controller} is {now}.",
          german:
            "{from} enthält {value}; diesen Wert lässt {to} nicht zu, solange {controller} der Kampagne {now} ist.",
        },
        hint: {
          english: "Leave {from} blank, or change {controller}, on which it depends.",
          german: "Lassen Sie {from} leer, oder ändern Sie {controller}, wovon das Feld abhängt.",
        },
      },
    },
  },
  VALUE_REMOVED: {
    meaning:
      "Events hold a value that Salesforce took off its list; one problem for the field names them.",
    remedy: "Choose another value, or have an admin bring this one back.",
    wordings: {
      event: {
        message: {
          english: "{from} holds {values}, which Salesforce no longer offers in {to}.",
          german: "{from} enthält {values}; in {to} bietet Salesforce das nicht mehr an.",
        },
        hint: {
          english: "Choose one of {list} in {place}, or have an admin bring the value back.",
          german:
            "Wählen Sie in {place} einen der Werte {list}, oder lassen Sie den Wert von einem Admin wieder anbieten.",
        },
      },
      oneEvent: {
        message: {
          english:
            "1 Event holds values of {field} that Salesforce no longer offers in {to}: {values}. It is {names}.",
          german:
            "1 Event hat in {field} Werte, die Salesforce in {to} nicht mehr anbietet: {values}. Es ist {names}.",
        },
        hint: {
          english:
            "Choose one of {list} on {owners}, or have an admin bring the value back in Salesforce.",
          german:
            "Wählen Sie auf {owners} einen der Werte {list}, oder lassen Sie den Wert von einem Admin in Salesforce wieder anbieten.",
        },
      },
      events: {
        message: {
          english:
            "{events} Events hold values of {field} that Salesforce no longer offers in {to}: {values}. They are {names}.",
          german:
            "{events} Events haben in {field} Werte, die Salesforce in {to} nicht mehr anbietet: {values}. Es sind {names}.",
        },
        hint: {
          english:
            "Choose one of {list} on {owners}, or have an admin bring the value back in Salesforce.",
          german:
            "Wählen Sie auf {owners} einen der Werte {list}, oder lassen Sie den Wert von einem Admin in Salesforce wieder anbieten.",
        },
      },
    },
  },
} as const satisfies ProblemEntries;
