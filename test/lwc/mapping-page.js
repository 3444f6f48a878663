/**
 * The mapping page on a Salesforce of which each test says what it answers. Tests import the page from
 * here only: it has to meet these stand-ins when it is loaded.
 */
import { subscribe } from "lightning/empApi";
import countOverwritten from "@salesforce/apex/CircaMappingController.countOverwritten";
import deploymentStatus from "@salesforce/apex/CircaMappingController.deploymentStatus";
import loadPage from "@salesforce/apex/CircaMappingController.loadPage";
import save from "@salesforce/apex/CircaMappingController.save";
import validate from "@salesforce/apex/CircaMappingController.validate";
import CircaMappingPage from "c/circaMappingPage";
import { aMappingPage } from "./mappings";
import { all, one, settled, show, textOf } from "./show";

jest.mock(
  "@salesforce/apex/CircaMappingController.loadPage",
  () => jest.requireActual("testing/apex").apexMethod(),
  { virtual: true },
);
jest.mock(
  "@salesforce/apex/CircaMappingController.validate",
  () => jest.requireActual("testing/apex").apexMethod(),
  { virtual: true },
);
jest.mock(
  "@salesforce/apex/CircaMappingController.save",
  () => jest.requireActual("testing/apex").apexMethod(),
  { virtual: true },
);
jest.mock(
  "@salesforce/apex/CircaMappingController.countOverwritten",
  () => jest.requireActual("testing/apex").apexMethod(),
  { virtual: true },
);
jest.mock(
  "@salesforce/apex/CircaMappingController.deploymentStatus",
  () => jest.requireActual("testing/apex").apexMethod(),
  { virtual: true },
);

/** What the page asks of Apex. */
export const server = { countOverwritten, deploymentStatus, loadPage, save, validate };

export const jobId = "0Af000000000001AAA";
const fine = (rows) => rows.map(({ rowKey }) => ({ rowKey, errors: [], warnings: [] }));

/** Opens the page with whatever `loadPage` answers. */
export async function start() {
  const element = show("c-circa-mapping-page", CircaMappingPage);
  await settled();
  return element;
}

export function open(page = aMappingPage()) {
  loadPage.mockResolvedValue(page);
  return start();
}

/** Salesforce and the service say something. */
export function answer(kind, requestId, body) {
  const [, , onMessage] = subscribe.mock.calls.at(-1);
  onMessage({
    data: {
      payload: { Kind__c: kind, Request_Id__c: requestId, Body__c: JSON.stringify(body) },
    },
  });
}

export const rowsOf = (element) => all(element.shadowRoot, "c-circa-mapping-row");
export const rowOf = (element, label) => rowsOf(element).find((row) => textOf(row).includes(label));
export const buttonOf = (element, label) =>
  all(element.shadowRoot, "lightning-button").find((button) => button.label === label);
export const failuresOf = (element) =>
  all(element.shadowRoot, "c-circa-notice")
    .filter(({ variant }) => variant === "error")
    .map(({ message }) => message);

export async function useSuggestion(element, label) {
  one(rowOf(element, label), ".use").click();
  await settled();
}

export async function clickSave(element) {
  buttonOf(element, "c.Circa_Mapping_Save").click();
  await settled();
}

/** Salesforce finds nothing wrong, and deploys for as long as a test wants. */
export function answerWell() {
  window.sessionStorage.clear();
  validate.mockImplementation(({ rows }) => Promise.resolve(fine(rows)));
  save.mockImplementation(({ rows }) =>
    Promise.resolve({
      saved: true,
      jobId,
      results: fine(rows).map((result) => ({
        ...result,
        developerName: `Name_of_${result.rowKey}`,
      })),
    }),
  );
  countOverwritten.mockResolvedValue({ requestId: null, linkedCampaigns: 20, rows: [] });
  deploymentStatus.mockResolvedValue({ jobId, state: "running", message: null, rows: [] });
}
