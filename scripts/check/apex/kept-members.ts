/**
 * What stays in the Apex library though neither the package nor a test org names it: what the triggers of
 * any org are written with, and what the engine's own contract has.
 */
export const keptMembers: Readonly<Record<string, string>> = {
  Boolean: "valueOf",
  Integer: "format valueOf",
  Long: "intValue",
  Double: "intValue round valueOf",
  Decimal: "abs divide doubleValue format longValue round scale setScale",
  String: `
    abbreviate compareTo containsIgnoreCase endsWithIgnoreCase equalsIgnoreCase
    escapeSingleQuotes indexOf isAlpha isAlphanumeric isEmpty isNotEmpty isNumeric lastIndexOf
    mid normalizeSpace remove removeStart replaceFirst right rightPad substring
    substringAfterLast substringBeforeLast substringBetween
  `,
  Id: "getSObjectType to15",
  Date: `
    addMonths addYears day daysBetween daysInMonth format isLeapYear isSameDay month
    monthsBetween parse toStartOfMonth toStartOfWeek valueOf year
  `,
  Datetime: `
    addMonths addYears date dateGmt day dayGmt format formatGmt hour hourGmt isSameDay minute
    minuteGmt month monthGmt second secondGmt time valueOf valueOfGmt year yearGmt
  `,
  Time: "addHours addMinutes hour minute second",
  Object: "equals hashCode toString",
  SObject: "clone getErrors getSObject getSObjects hasErrors isSet putSObject",
  List: "clear clone deepClone get indexOf iterator remove set",
  Set: "iterator retainAll",
  Map: "clear isEmpty putAll",
  Iterable: "iterator",
  Iterator: "hasNext next",
  Exception: "getCause getLineNumber getStackTraceString getTypeName",
  AggregateResult: "get",
  Enum: "ordinal valueOf values",
  Trigger: "isAfter isDelete isExecuting isInsert isUndelete isUpdate old operationType size",
  Database: "query undelete update",
  "Database.Error": "getFields getStatusCode",
  "Database.SaveResult": "getId",
  "Database.UpsertResult": "getErrors getId isCreated isSuccess",
  "Database.DeleteResult": "getErrors getId isSuccess",
  "Database.UndeleteResult": "getErrors getId isSuccess",
  DmlException: "getDmlFieldNames getDmlId getDmlIndex getDmlStatusCode getDmlType getNumDml",
  Comparable: "compareTo",
  Comparator: "compare",
  Math: "abs ceil floor max mod round",
  Type: "getName",
  System: `
    assert assertEquals assertNotEquals currentTimeMillis isBatch isFuture isQueueable
    isScheduled now today
  `,
  Assert: "areNotEqual isInstanceOfType isNotInstanceOfType",
  Test: "isRunningTest",
  UserInfo: "getLanguage getLocale getName getProfileId getUserEmail getUserName",
  Limits: `
    getAggregateQueries getCpuTime getDmlRows getFutureCalls getLimitAggregateQueries
    getLimitCpuTime getLimitDmlRows getLimitEmailInvocations getLimitFutureCalls
    getLimitPublishImmediateDML getLimitQueries getLimitQueryRows getPublishImmediateDML
    getQueryRows
  `,
  SObjectType: "newSObject",
  PicklistEntry: "getLabel",
  DescribeSObjectResult: `
    getKeyPrefix getLabel getRecordTypeInfosByName isAccessible isCreateable isCustom
    isDeletable
  `,
  RecordTypeInfo: "getDeveloperName getRecordTypeId",
  Schema: "getGlobalDescribe",
  DeployResult: "success",
};

/** Formula functions of the rules that tests put into an org. */
export const keptFunctions: readonly string[] = ["ISCHANGED", "ISNEW", "PRIORVALUE"];
