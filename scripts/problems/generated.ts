/** The files that follow from the definitions of problems. */
import { problemsPage } from "../docs/problems-page.ts";
import { labelsFile, withGermanProblems } from "./problem-labels.ts";
import { templatesClass } from "./templates-class.ts";

/** By path, what makes a file's text out of the one that it has. */
export const generatedFromProblems: Readonly<Record<string, (current: string) => string>> = {
  "docs/problems.md": problemsPage,
  "force-app/main/default/classes/problems/CircaProblemTemplates.cls": templatesClass,
  "force-app/main/default/labels/CircaProblems.labels-meta.xml": labelsFile,
  "force-app-de/main/default/translations/de.translation-meta.xml": withGermanProblems,
};
