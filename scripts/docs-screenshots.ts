/**
 * Takes the pictures of `docs/images` from the running demo: `npx tsx scripts/docs-screenshots.ts`.
 * Needs the Chromium of the browser tests.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { chromium, type Page } from "playwright-core";
import { readDemoSettings } from "./demo/settings.ts";
import { startDemo } from "./demo/start-demo.ts";

const folder = "docs/images";
const size = { width: 1180, height: 760 };

const found = spawnSync(process.execPath, ["scripts/install-chromium.mjs", "--find"], {
  encoding: "utf8",
});
if (found.status !== 0) throw new Error(found.stderr);

mkdirSync(folder, { recursive: true });
const demo = await startDemo(
  readDemoSettings({}),
  (step) => console.error(step),
  () => undefined,
);
const browser = await chromium.launch({
  executablePath: found.stdout.trim(),
  args: ["--headless", "--no-sandbox"],
});
try {
  const { salesforce, circa } = demo.line;
  const page = await browser.newPage({ baseURL: salesforce.url, viewport: size });
  await waitForCatalogue(page);
  await takeMappings(page);
  await takePanel(page);
  await takeSetUp(page);
  await page.goto(`${circa.url}/settings/event-info`);
  await keep(page, "circa-event-info");
} finally {
  await browser.close();
  await demo.close();
}
process.exit(0);

async function keep(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `${folder}/${name}.png` });
  console.log(`${folder}/${name}.png`);
}

/** The middleware tells Salesforce of Circa's fields soon after its start. */
async function waitForCatalogue(page: Page): Promise<void> {
  for (let look = 0; look < 60; look += 1) {
    await page.goto("/lightning/n/Circa_Mappings");
    await page.getByText(/^Fields found/).waitFor();
    if ((await page.getByText("Event Leader", { exact: true }).count()) > 0) return;
  }
  throw new Error("Circa's fields have not arrived in Salesforce.");
}

/** One field is being turned round, so that the choice can be seen. */
async function takeMappings(page: Page): Promise<void> {
  await page.getByRole("searchbox", { name: "Search fields" }).fill("tier");
  await page.getByRole("button", { name: "Edit Event Tier" }).click();
  await page.getByText(/^To Salesforce: people edit it/).click();
  await page.getByText("Changed", { exact: true }).waitFor();
  await keep(page, "mapping-page");
}

/** A Campaign that has changed since the start; the Events' names follow within a minute. */
async function takePanel(page: Page): Promise<void> {
  await page.goto("/");
  await page.getByRole("link", { name: "Nordic Security Forum" }).click();
  const name = page.locator("c-circa-campaign-panel p.event");
  for (let look = 0; look < 90; look += 1) {
    await name.waitFor();
    if ((await name.innerText()) === "Nordic Security Forum") break;
    await page.waitForTimeout(1000);
    await page.reload();
  }
  await page.getByRole("button", { name: "Sync now" }).click();
  await page.getByText(/^The sync service has compared both sides/).waitFor();
  await keep(page, "campaign-panel");
}

async function takeSetUp(page: Page): Promise<void> {
  await page.goto("/lightning/n/Circa_Setup");
  await page.getByText("The sync service has answered.").waitFor();
  await keep(page, "set-up-page");
}
