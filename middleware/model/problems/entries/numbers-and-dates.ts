/** Numbers and dates that can't be carried over. */
import type { ProblemEntries } from "./entry.ts";

export const numberAndDateEntries = {
  NOT_A_NUMBER: {
    meaning: "A number has no currency sign and no thousands separators.",
    remedy: "Write digits with a decimal point, like 1250.5.",
    message: {
      english: "{from} holds {value}, which is no number; {to} takes only numbers.",
      german: "{from} enthält {value}, und das ist keine Zahl; {to} nimmt nur Zahlen an.",
    },
    hint: {
      english: "Write plain digits with a decimal point, like 1250.5, into {from}.",
      german: "Geben Sie in {from} nur Ziffern und einen Dezimalpunkt ein, etwa 1250.5.",
    },
  },
  NUMBER_TOO_LARGE: {
    meaning: "A number must fit the Campaign field's digits; only decimals are rounded (half up).",
    remedy: "Correct it, or have an admin allow more digits.",
    message: {
      english: "{from} is {value}; {to} takes {range}.",
      german: "{from} ist {value}; {to} fasst {range}.",
    },
    hint: {
      english: "Correct the value of {from}, or have an admin allow more digits in {to}.",
      german:
        "Korrigieren Sie den Wert von {from}, oder lassen Sie einen Admin mehr Stellen für {to} zulassen.",
    },
  },
  NUMBER_NOT_EXACT: {
    meaning: "Numbers of more than 15 digits are not carried.",
    remedy: "Keep them in text fields on both sides.",
    message: {
      english:
        "{from} is {value}, a number of {digits} digits; {to} would get it changed, because more than 15 digits don't travel exactly.",
      german:
        "{from} ist {value}, eine Zahl mit {digits} Stellen; bei {to} käme sie verändert an, denn mehr als 15 Stellen lassen sich nicht genau übertragen.",
    },
    hint: {
      english:
        "Correct the value of {from}, or keep such long numbers in text fields on both sides.",
      german:
        "Korrigieren Sie den Wert von {from}, oder halten Sie so lange Zahlen auf beiden Seiten in Textfeldern.",
    },
  },
  INVALID_DATE: {
    meaning: "A date is YYYY-MM-DD, a moment ISO 8601 with its offset.",
    remedy: "Choose the date again, between 1700 and 4000.",
    message: {
      english: "{from} holds {value}, which is no date that {to} can take.",
      german: "{from} enthält {value}, und das ist kein Datum für {to}.",
    },
    hint: {
      english: "Choose the date of {from} again, between the years 1700 and 4000.",
      german: "Wählen Sie das Datum von {from} neu, zwischen den Jahren 1700 und 4000.",
    },
  },
  INVALID_TIME: {
    meaning: "A time is HH:mm, with optional seconds.",
    remedy: "Write a time like 09:30.",
    message: {
      english: "{from} holds {value}, which is no time of day that {to} can take.",
      german: "{from} enthält {value}, und das ist keine Uhrzeit für {to}.",
    },
    hint: {
      english: "Write a time like 09:30 into {from}.",
      german: "Geben Sie in {from} eine Uhrzeit wie 09:30 ein.",
    },
  },
  TIME_ZONE_UNKNOWN: {
    meaning: "A moment needs the Event's time zone, an IANA name.",
    remedy: "Set it in Circa to one like America/New_York.",
    message: {
      english:
        "{from} is {value}; its day for {to} depends on the Event's time zone, and {timeZone} is none.",
      german:
        "{from} ist {value}; welcher Tag das für {to} ist, hängt von der Zeitzone des Events ab, und {timeZone} ist keine.",
    },
    hint: {
      english: "Set the Event's time zone in Circa to one like America/New_York.",
      german: "Wählen Sie in Circa eine Zeitzone des Events wie Europe/Berlin.",
    },
  },
  DAY_DOES_NOT_EXIST: {
    meaning: "The Event's time zone skipped this day.",
    remedy: "Correct the date or the time zone.",
    message: {
      english: "{from} is {value}, a day that {timeZone} skipped, so {to} has no such moment.",
      german:
        "{from} ist {value}, ein Tag, den {timeZone} übersprungen hat: Diesen Zeitpunkt gibt es für {to} nicht.",
    },
    hint: {
      english: "Correct the date of {from} or the Event's time zone.",
      german: "Korrigieren Sie das Datum von {from} oder die Zeitzone des Events.",
    },
  },
} as const satisfies ProblemEntries;
