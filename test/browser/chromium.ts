/** Chromium for tests of pages: found on the machine, driven through playwright-core. */
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import axe from "axe-core";
import { chromium, type Browser, type Page } from "playwright-core";

const flags = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const screenshotFolder = ".cache/screenshots";

const found = spawnSync(process.execPath, ["scripts/install-chromium.mjs", "--find"], {
  encoding: "utf8",
});
const chromiumPath = found.status === 0 ? found.stdout.trim() : null;

const canTest = chromiumPath !== null || process.env["CI"] !== undefined;
if (!canTest) process.stderr.write(`\nBrowser tests are skipped. ${found.stderr}\n`);

/**
 * `describe` for tests that need a browser. Without Chromium they are skipped with words on what
 * to install; where `CI` is set they fail instead.
 */
export const describeInBrowser: jest.Describe = canTest ? describe : describe.skip;

/** Starts Chromium with a fresh profile. @throws saying what to install when there is none */
export async function openBrowser(): Promise<Browser> {
  if (chromiumPath === null) throw new Error(found.stderr.trim());
  return chromium.launch({ executablePath: chromiumPath, args: flags });
}

/** Keeps a picture of the whole page for people to look at, under `.cache/screenshots`. */
export async function keepScreenshot(page: Page, name: string): Promise<void> {
  mkdirSync(screenshotFolder, { recursive: true });
  const before = page.viewportSize() ?? { width: 1280, height: 720 };
  // A window as tall as the page, so that what sticks to the window's edge covers nothing.
  const height = await page.evaluate<number>("document.documentElement.scrollHeight");
  await page.setViewportSize({ width: before.width, height });
  await page.screenshot({ path: `${screenshotFolder}/${name}.png` });
  await page.setViewportSize(before);
}

/** What axe-core finds wrong, in words: WCAG 2 A and AA and its best practices. */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<axe.AxeResults>("axe.run()");
  return violations.map(({ id, impact, nodes }) => {
    const places = nodes.map(({ target }) => target.join(" ")).slice(0, 5);
    return `${id} (${impact ?? "minor"}): ${places.join("; ")}`;
  });
}

/** A click or an element may wait so long: two browsers on a busy machine are slow, and not wrong. */
export const busyMachineMs = 45_000;
