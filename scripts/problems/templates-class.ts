/** Writes the package's class that knows each problem's templates. */
import { problemLabels, type LabelNames } from "./problem-labels.ts";

const entries = (names: LabelNames): string =>
  [...names].map(([key, label]) => `        '${key}' => Label.${label}`).join(",\n");

/** The whole class, formatted as Prettier would. */
export function templatesClass(): string {
  const { messages, hints, phrases } = problemLabels();
  return `/**
 * @description What is said of each problem, in the running user's language, with {names} for the values.
 * Written by scripts/generate-problems.ts from the service's definitions: change those.
 */
public with sharing class CircaProblemTemplates {
    private static final Map<String, String> MESSAGES = new Map<String, String>{
${entries(messages)}
    };

    private static final Map<String, String> HINTS = new Map<String, String>{
${entries(hints)}
    };

    private static final Map<String, String> PHRASES = new Map<String, String>{
${entries(phrases)}
    };

    /**
     * @description Says what is wrong.
     * @param wording A code, with the case where it has several wordings.
     * @return A template; null for a wording that this version does not know.
     */
    public static String message(String wording) {
        return MESSAGES.get(wording);
    }

    /**
     * @description Says what to do about it.
     * @param wording A code, with the case where it has several wordings.
     * @return A template; null for a wording that this version does not know.
     */
    public static String hint(String wording) {
        return HINTS.get(wording);
    }

    /**
     * @description Says a part of a sentence.
     * @param name The phrase.
     * @return A template; null for a phrase that this version does not know.
     */
    public static String phrase(String name) {
        return PHRASES.get(name);
    }
}
`;
}
