/** UserInfo, FeatureManagement, Limits. */
import type { GovernorLimit } from "../run/limits.ts";
import { libraryClass, type LibraryFunction, type Members } from "../intrinsics/define.ts";

libraryClass("UserInfo", {
  "static Id getUserId()": (rt) => rt.userId,
  "static String getUserName()": (rt) => rt.user.username,
  "static String getName()": (rt) => rt.user.name,
  "static String getUserEmail()": (rt) => rt.user.email,
  "static Id getProfileId()": (rt) => rt.user.profileId,
  "static String getLocale()": (rt) => rt.user.locale,
  "static String getLanguage()": (rt) => rt.user.language,
  "static String getOrganizationId()": (rt) => rt.platform.access.organization().id,
  "static Boolean isMultiCurrencyOrganization()": (rt) =>
    rt.platform.access.organization().hasCurrencies,
});

libraryClass("FeatureManagement", {
  "static Boolean checkPermission(String name)": (rt, name: string) =>
    rt.platform.access.hasCustomPermission(rt.userId, name),
});

const counters: readonly (readonly [string, GovernorLimit])[] = [
  ["Queries", "queries"],
  ["QueryRows", "queryRows"],
  ["AggregateQueries", "aggregateQueries"],
  ["DmlStatements", "dmlStatements"],
  ["DmlRows", "dmlRows"],
  ["PublishImmediateDML", "publishImmediate"],
  ["QueueableJobs", "queueableJobs"],
  ["FutureCalls", "futureCalls"],
  ["EmailInvocations", "emailInvocations"],
  ["CpuTime", "cpuMs"],
];

function counterMembers(): Members {
  const members: Record<string, LibraryFunction> = {};
  for (const [name, limit] of counters) {
    members[`static Integer get${name}()`] = (rt) => rt.limits.usedOf(limit);
    members[`static Integer getLimit${name}()`] = (rt) => rt.limits.maximum(limit);
  }
  return members;
}

libraryClass("Limits", {
  ...counterMembers(),
});
