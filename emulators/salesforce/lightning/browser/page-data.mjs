/* global document */
/** What the emulator tells the page about its user, labels and rights, as JSON in the page. */
const element = document.getElementById("page-data");

/** @type {{userId: string, locale: string, labels: Record<string, string>, permissions: string[]}} */
export const pageData = JSON.parse(element?.textContent ?? "{}");

/** The text of a custom label in the user's language. */
export function labelNamed(name) {
  return pageData.labels[name] ?? `[${name}]`;
}

/** `@salesforce/i18n/locale` and `lang`: the language that the page is shown in. */
export function userLocale() {
  return pageData.locale ?? "en-US";
}

/** `@salesforce/user/…` */
export function userValue(name) {
  return name === "Id" ? pageData.userId : false;
}

/** True or undefined, as Lightning has it. */
export function hasPermission(name) {
  return pageData.permissions.includes(name) ? true : undefined;
}
