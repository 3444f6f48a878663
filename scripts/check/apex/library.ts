/**
 * Unused members of Apex's standard library and of the formula functions. The local Salesforce is no copy
 * of the platform: a member enters when the package, or an org that tests it, names it, and leaves again.
 */
import { libraryTypes } from "../../../emulators/apex/types/registry.ts";
import { enumInfo } from "../../../emulators/apex/types/roots.ts";
import { createApexTestOrg } from "../../../emulators/salesforce/apex/test-org.ts";
import { exceptionInfo } from "../../../emulators/apex/types/builtin.ts";
import type { FieldInfo, MethodInfo, TypeInfo } from "../../../emulators/apex/types/type.ts";
import { functions } from "../../../emulators/salesforce/formula/functions/index.ts";
import { packageFolders } from "../../../emulators/salesforce/package-folders.ts";
import type { Finding } from "../finding.ts";
import { keptFunctions, keptMembers } from "./kept-members.ts";

/** The package, and orgs that stand for those that it is installed into. */
const folders = [...packageFolders, "emulators/salesforce/demo-org", "test/fixtures/demanding-org"];
const libraryFolder = "emulators/apex/library";
const functionFolder = "emulators/salesforce/formula/functions";
const listFile = "scripts/check/apex/kept-members.ts";

/**
 * One finding per member without a user, and per entry of the list that no longer says anything.
 * @param kept names by class, that stay without a user
 */
export async function checkApexLibrary(
  kept: Readonly<Record<string, string>> = keptMembers,
): Promise<Finding[]> {
  const { engine, org } = await createApexTestOrg({ sourceDirs: folders });
  const used = new Set<string>();
  for (const member of engine.program.named) used.add(nameOf(member));
  // A class that implements an interface, or overrides what every object has, uses it.
  for (const { dispatch } of engine.program.classes)
    for (const root of dispatch.keys()) used.add(nameOf(root));
  const members = new Set([...libraryTypes(), enumInfo].flatMap(membersOf).map(nameOf));
  const formulas = org.schema
    .objects()
    .flatMap(({ validationRules, fields }) => [
      ...validationRules.map(({ formula }) => formula),
      ...[...fields.values()].map(({ defaultFormula }) => defaultFormula?.text ?? ""),
    ])
    .join("\n");
  const named = new Set(formulas.match(/\b[A-Z]{2,}(?=\()/g));
  return [
    ...compare(libraryFolder, members, used, listed(kept)),
    ...compare(functionFolder, new Set(functions.keys()), named, new Set(keptFunctions)),
  ];
}

function listed(kept: Readonly<Record<string, string>>): Set<string> {
  return new Set(
    Object.entries(kept).flatMap(([type, names]) =>
      names
        .trim()
        .split(/\s+/)
        .map((name) => `${type}.${name}`),
    ),
  );
}

function compare(
  folder: string,
  there: ReadonlySet<string>,
  used: ReadonlySet<string>,
  kept: ReadonlySet<string>,
): Finding[] {
  const unused = [...there].filter((name) => !used.has(name) && !kept.has(name));
  const stale = [...kept].filter((name) => used.has(name) || !there.has(name));
  return [
    ...unused.map((name) => ({
      file: folder,
      message: `no code uses ${name}: delete it, or say in ${listFile} why it stays`,
    })),
    ...stale.map((name) => ({
      file: listFile,
      message: `${name} ${there.has(name) ? "has a user now" : "is not there"}: delete its entry`,
    })),
  ];
}

type Member = MethodInfo | FieldInfo;

function membersOf(type: TypeInfo): Member[] {
  return [...type.fields.values(), ...type.constructors, ...[...type.methods.values()].flat()];
}

/** All methods of one name are one member; constants and exceptions share what each of them has. */
function nameOf(member: Member): string {
  const { owner } = "root" in member ? member.root : member;
  if (owner.form === "enum" && member.name !== "new") return `Enum.${member.name}`;
  if (member.name === "new" && isException(owner)) return "Exception.new";
  return `${owner.qualifiedName}.${member.name}`;
}

function isException(type: TypeInfo): boolean {
  return type === exceptionInfo || (type.superType !== null && isException(type.superType.info));
}
