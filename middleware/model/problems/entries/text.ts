/** Texts that can't be carried over, and values of another shape. */
import type { ProblemEntries } from "./entry.ts";

export const textEntries = {
  WRONG_SHAPE: {
    meaning: "The value does not have its field type's shape.",
    remedy: "Correct the value. If it looks right, the field's type changed: map it again.",
    message: {
      english: "{from} holds {value}; for {to} it must be {expected}.",
      german: "{from} enthält {value}; für {to} muss es so sein: {expected}.",
    },
    hint: {
      english:
        "Correct the value of {from}; when it looks right there, map the field again, its type changed.",
      german:
        "Korrigieren Sie den Wert von {from}. Sieht er dort richtig aus, hat sich der Typ geändert: Ordnen Sie das Feld neu zu.",
    },
  },
  VALUE_TOO_LONG: {
    meaning: "The text is longer than the Campaign field; it is never cut.",
    remedy: "Shorten it, or have an admin make the field longer.",
    message: {
      english: "{from} has {length} characters ({value}), {to} takes at most {limit}.",
      german: "{from} hat {length} Zeichen ({value}), {to} fasst höchstens {limit}.",
    },
    hint: {
      english: "Shorten it by {excess} characters, or have an admin make {to} longer.",
      german:
        "Kürzen Sie den Text um {excess} Zeichen, oder lassen Sie {to} von einem Admin verlängern.",
    },
  },
  LINE_BREAKS: {
    meaning: "A Campaign field of one line takes no line breaks.",
    remedy: "Remove them, or map to a text area.",
    message: {
      english: "{from} has several lines ({value}), {to} holds a single line of text.",
      german: "{from} hat mehrere Zeilen ({value}), {to} fasst nur eine.",
    },
    hint: {
      english:
        "Remove the line breaks from {from}, or map it to a text area of the Campaign instead.",
      german:
        "Entfernen Sie die Zeilenumbrüche aus {from}, oder ordnen Sie stattdessen einen Textbereich der Kampagne zu.",
    },
  },
  INVALID_CHARACTERS: {
    meaning: "Control characters and broken emoji can't be stored.",
    remedy: "Type the text again, or paste it as plain text.",
    message: {
      english:
        "{from} ({value}) contains an invisible control character or a broken emoji, which {to} can't store.",
      german:
        "{from} ({value}) enthält ein unsichtbares Steuerzeichen oder ein beschädigtes Emoji, das {to} nicht aufnimmt.",
    },
    hint: {
      english: "Type the text of {from} again, or paste it as plain text.",
      german: "Geben Sie den Text von {from} neu ein, oder fügen Sie ihn ohne Formatierung ein.",
    },
  },
  INVALID_EMAIL: {
    meaning: "An e-mail field takes one e-mail address.",
    remedy: "Write one address like name@example.com.",
    message: {
      english: "{from} holds {value}, which is no e-mail address; {to} needs one.",
      german: "{from} enthält {value}, und das ist keine E-Mail-Adresse; {to} braucht eine.",
    },
    hint: {
      english: "Write one address like name@example.com into {from}.",
      german: "Geben Sie in {from} eine Adresse wie name@example.com ein.",
    },
  },
  INVALID_URL: {
    meaning: "A URL field takes one web address without blanks, and no script.",
    remedy: "Write one address like https://example.com/page.",
    message: {
      english: "{from} holds {value}, which is no web address; {to} needs one.",
      german: "{from} enthält {value}, und das ist keine Webadresse; {to} braucht eine.",
    },
    hint: {
      english: "Write one address like https://example.com/page into {from}.",
      german: "Geben Sie in {from} eine Adresse wie https://example.com/seite ein.",
    },
  },
} as const satisfies ProblemEntries;
