/** Apex and the service say each problem alike, in either language. */
import { createApexTestOrg } from "../../emulators/salesforce/apex/test-org.ts";
import { packageFolders } from "../../emulators/salesforce/package-folders.ts";
import type { ProblemEntry, Template } from "../../middleware/model/problems/entries/entry.ts";
import { problemEntries } from "../../middleware/model/problems/index.ts";
import type { Parameter } from "../../middleware/model/problems/parameters.ts";
import { phrases } from "../../middleware/model/problems/phrases.ts";
import { wordsOf, type Language } from "../../middleware/model/problems/words.ts";

const gapsOf = ({ english }: Template) =>
  [...english.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
const filled = (templates: readonly Template[], value: (name: string) => Parameter) =>
  Object.fromEntries(templates.flatMap(gapsOf).map((name) => [name, value(name)]));

/** Each phrase stands in the place of some parameter. */
const allPhrases = Object.entries<Template>(phrases).map(
  ([phrase, template]): Parameter => ({
    phrase,
    ...filled([template], (name) => `<${name}'s {value}>`),
  }),
);

const problems = Object.entries<ProblemEntry>(problemEntries).flatMap(([code, entry]) => {
  const wordings =
    "wordings" in entry
      ? Object.entries(entry.wordings).map(([name, it]) => [`${code}.${name}`, it] as const)
      : [[code, entry] as const];
  return wordings.map(([wording, { message, hint }]) => ({
    code,
    wording,
    parameters: filled([message, hint], (name) => [name, 7, ...allPhrases]),
  }));
});

test.each([
  ["en_US", "english"],
  ["de", "german"],
] as const)("in %s", async (language, own: Language) => {
  const sourceDirs = [...packageFolders, "force-app-de/main/default"];
  const { engine, userId } = await createApexTestOrg({ sourceDirs, language });
  const quoted = (text: string) => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
  const kept = problems.map(({ wording, parameters }) => JSON.stringify({ wording, parameters }));

  const log = await engine.executeAnonymous(
    userId,
    `List<List<String>> said = new List<List<String>>();
    for (String kept : new List<String>{ ${kept.map(quoted).join(", ")} }) {
      CircaProblemWords words = new CircaProblemWords(new Circa_Sync_Issue__c(Parameters__c = kept));
      said.add(new List<String>{ words.message, words.advice });
    }
    System.debug(JSON.serialize(said));`,
  );

  const line = log.at(-1) ?? "";
  expect(JSON.parse(line.slice(line.indexOf("[[")))).toEqual(
    problems.map((problem) => {
      const { message, hint } = wordsOf(problem, own);
      return [message, hint];
    }),
  );
});
