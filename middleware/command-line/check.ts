/** `check`: what the service needs, tested piece by piece before it runs. Writes nothing. */
import { checkMappings } from "../sync/mappings/check-mappings.ts";
import { z } from "zod";
import { systemClock } from "../runtime/clock.ts";
import { readConfig, secretsOf, type Config } from "../runtime/config.ts";
import { describeError, passingKinds, SystemError } from "../runtime/errors.ts";
import { pollTexts } from "../intake/polling/circa-way.ts";
import { endpointFault } from "../intake/polling/webhook-endpoints.ts";
import { createLog } from "../runtime/log.ts";
import { keepSecrets } from "../runtime/secrets.ts";
import { createRecordTypeLists } from "../sync/mappings/record-type-lists.ts";
import { openSystems, type Systems } from "../systems/open-systems.ts";
import {
  keptBySync,
  packageNames,
  type PackageNames,
} from "../systems/salesforce/connection/names.ts";
import { screenKeys } from "../systems/salesforce/screens.ts";
import { readPrivateKey } from "../systems/salesforce/connection/sign-in.ts";
import { version } from "../runtime/version.ts";

interface Finding {
  /** `not_tested`: what it stands on failed. */
  readonly outcome: "good" | "warning" | "failed" | "not_tested";
  readonly text: string;
  /** What to do; null where nothing is. */
  readonly fix: string | null;
}

interface Check {
  readonly name: string;
  /** The checks that have to be good before this one can tell anything. */
  readonly after?: readonly string[];
  readonly run: () => Promise<Finding | readonly Finding[]>;
}

const good = (text: string): Finding => ({ outcome: "good", text, fix: null });
const warning = (text: string, fix: string): Finding => ({ outcome: "warning", text, fix });
const failed = (text: string, fix: string): Finding => ({ outcome: "failed", text, fix });

/** Prints each finding with its fix; the process ends with 1 where one has failed. */
export async function check(
  env: NodeJS.ProcessEnv,
  options: { readonly json?: true },
): Promise<void> {
  const found: ({ readonly check: string } & Finding)[] = [];
  const bad = new Set<string>();
  for (const { name, after = [], run } of checksOf(env)) {
    const missing = after.find((other) => bad.has(other));
    const findings = missing === undefined ? await attempt(run) : [notTested(missing)];
    if (findings.some(({ outcome }) => outcome === "failed" || outcome === "not_tested")) {
      bad.add(name);
    }
    for (const finding of findings) {
      found.push({ check: name, ...finding });
      if (options.json !== true) process.stdout.write(show(name, finding));
    }
  }
  const ok = found.every(({ outcome }) => outcome === "good" || outcome === "warning");
  if (options.json === true) {
    process.stdout.write(`${JSON.stringify({ version, ok, findings: found }, null, 2)}\n`);
  } else process.stdout.write(ok ? "\nReady to start.\n" : "\nNot ready: see what failed above.\n");
  if (!ok) process.exitCode = 1;
}

async function attempt(run: Check["run"]): Promise<readonly Finding[]> {
  try {
    return [await run()].flat();
  } catch (error) {
    return [failed(describeError(error), fixOf(error))];
  }
}

function fixOf(error: unknown): string {
  const passes = error instanceof SystemError && passingKinds.has(error.kind);
  if (passes) return "Check the address and the network; try again.";
  return "Correct the named values, then check again.";
}

const notTested = (after: string): Finding => ({
  outcome: "not_tested",
  text: `not tested, since it needs "${after}"`,
  fix: null,
});

const marks = { good: "ok  ", warning: "warn", failed: "FAIL", not_tested: "-   " } as const;

function show(name: string, { outcome, text, fix }: Finding): string {
  const lines = `${marks[outcome]}  ${name}: ${text}\n`;
  return fix === null ? lines : `${lines}        ${fix}\n`;
}

function* checksOf(env: NodeJS.ProcessEnv): Generator<Check> {
  const known: { config?: Config } = {};
  yield {
    name: "settings",
    run: async () => {
      const read = readConfig(env);
      keepSecrets(secretsOf(read));
      const { signIn } = read.salesforce;
      if (signIn.kind === "jwt") await readPrivateKey(signIn.privateKeyFile);
      known.config = read;
      return good("complete, and the private key can be read");
    },
  };
  // Without settings there is nothing to test the rest with.
  if (known.config !== undefined) yield* checksOfSystems(known.config);
}

function* checksOfSystems(config: Config): Generator<Check> {
  const names = packageNames(config.salesforce.namespace);
  let organization = "";
  const parts = { clock: systemClock, log: createLog("silent") };
  const systems = openSystems(config, names, parts, (organizationId) => {
    organization = organizationId;
    return Promise.resolve();
  });
  const { salesforceConnection: salesforce, circa } = systems;
  yield {
    name: "Salesforce sign-in",
    async run() {
      await salesforce.run("asking for limits", (it) => it.request("/limits"));
      return good(`org ${organization} at ${config.salesforce.loginUrl}`);
    },
  };
  yield {
    name: "Salesforce permissions",
    after: ["Salesforce sign-in"],
    run: () => checkPermissions(systems, names),
  };
  yield {
    name: "Circa sign-in",
    async run() {
      const teams = await circa.teamIds();
      return good(`${config.circa.apiUrl}, ${teams.length} teams`);
    },
  };
  yield {
    name: "mappings",
    after: ["Salesforce permissions", "Circa sign-in"],
    run: () => checkRows(systems, names),
  };
  yield {
    name: "webhook",
    after: ["Circa sign-in"],
    async run() {
      const { tenant, publicUrl } = config;
      const fault = endpointFault(await circa.webhookEndpoints(), { tenant, publicUrl });
      if (fault === null) return good("registered and switched on");
      return warning(pollTexts[fault].title, pollTexts[fault].fix);
    },
  };
}

const objectSchema = z.object({
  createable: z.boolean(),
  updateable: z.boolean(),
  fields: z.array(z.object({ name: z.string(), updateable: z.boolean() })),
});

const assign =
  "Assign the permission set Circa_Sync_Integration to the integration user (docs/install.md, step 2).";
const tick =
  'Tick "Marketing User" on the integration user, and assign the permission set Circa_Sync_Integration.';

async function checkPermissions(
  { salesforceConnection: salesforce }: Systems,
  names: PackageNames,
): Promise<Finding[]> {
  const describe = async (name: string) => {
    const path = `/sobjects/${name}/describe`;
    try {
      const answer = await salesforce.run(`describing ${name}`, (it) => it.request(path));
      return objectSchema.parse(answer);
    } catch (error) {
      // An object that the user may not see is not there.
      if (error instanceof SystemError && error.status === 404) return null;
      throw error;
    }
  };
  const findings: Finding[] = [];
  const campaign = await describe("Campaign");
  if (campaign === null) return [failed("Campaigns can't be seen.", tick)];
  if (!campaign.updateable) findings.push(failed("Campaigns can't be edited.", tick));
  if (!campaign.createable) {
    findings.push(warning("Campaigns can't be created: none is made for an Event.", tick));
  }
  const missing = [...keptBySync(names)].filter(
    (name) => !campaign.fields.some((field) => field.name === name && field.updateable),
  );
  if (missing.length > 0) {
    findings.push(failed(`Campaign fields that can't be written: ${missing.join(", ")}.`, assign));
  }
  const rows = Object.keys(screenKeys).map((name) => names.of(name));
  for (const name of [
    ...rows,
    names.of("Circa_Sync_Signal__e"),
    names.of("Circa_Sync_Answer__e"),
  ]) {
    const object = await describe(name);
    if (object?.createable !== true) {
      findings.push(failed(`${name} is not there, or nothing may be written to it.`, assign));
    }
  }
  return findings.length > 0 ? findings : [good("the package is there and the user may use it")];
}

async function checkRows(
  { salesforce, circa }: Systems,
  names: PackageNames,
): Promise<readonly Finding[]> {
  const [rows, campaignFields, circaFields] = await Promise.all([
    salesforce.mappingRows(),
    salesforce.describeCampaign(),
    circa.fields(),
  ]);
  const recordTypes = createRecordTypeLists(salesforce, createLog("silent"));
  const named = rows.flatMap(({ active, recordType }) => (active ? (recordType ?? []) : []));
  const { mappings, rejected } = checkMappings(
    rows,
    circaFields.map(({ field }) => field),
    campaignFields,
    keptBySync(names),
    await recordTypes.byName(named),
  );
  if (mappings.length + rejected.length === 0) {
    return [
      warning(
        "No mapping is on: nothing is kept in sync.",
        "Switch mappings on in Salesforce: Circa Event Sync, Circa Mappings.",
      ),
    ];
  }
  return [
    ...(mappings.length > 0 ? [good(`${mappings.length} can work`)] : []),
    ...rejected.map(({ label, reason }) => failed(`${label} can't work.`, reason)),
  ];
}
