/** What a DML call through `Database` gives per row: SaveResult and its kin, and Database.Error. */
import type { WriteError, WriteResult } from "../ports.ts";
import { stringType } from "../types/builtin.ts";
import type { TypeInfo } from "../types/type.ts";
import { ListValue } from "../values/collections.ts";
import { NativeValue } from "../values/native-value.ts";
import { databaseInfo } from "./database-class.ts";
import { addMembers, libraryClass, type Members } from "../intrinsics/define.ts";
import { statusCodeOf } from "./status-code.ts";

const errorInfo = libraryClass("Error", {}, { outer: databaseInfo });

addMembers(errorInfo, {
  "List<String> getFields()": (_rt, self: NativeValue<WriteError>) =>
    new ListValue(stringType, [...self.data.fields]),
  "String getMessage()": (_rt, self: NativeValue<WriteError>) => self.data.message,
  "StatusCode getStatusCode()": (_rt, self: NativeValue<WriteError>) =>
    statusCodeOf(self.data.statusCode),
});

export function errorList(errors: readonly WriteError[]): ListValue {
  return new ListValue(
    errorInfo.of(),
    errors.map(
      (error) =>
        new NativeValue(
          errorInfo.of(),
          error,
          (data) => `Database.Error[getStatusCode=${data.statusCode};getMessage=${data.message};]`,
        ),
    ),
  );
}

const shared: Members = {
  "Id getId()": (_rt, self: NativeValue<WriteResult>) => self.data.id,
  "Boolean isSuccess()": (_rt, self: NativeValue<WriteResult>) => self.data.success,
  "List<Database.Error> getErrors()": (_rt, self: NativeValue<WriteResult>) =>
    errorList(self.data.errors),
};

function resultClass(name: string, members: Members = {}): TypeInfo {
  return libraryClass(name, { ...shared, ...members }, { outer: databaseInfo });
}

export const saveResultInfo = resultClass("SaveResult");
export const upsertResultInfo = resultClass("UpsertResult", {
  "Boolean isCreated()": (_rt, self: NativeValue<WriteResult>) => self.data.created,
});
export const deleteResultInfo = resultClass("DeleteResult");
export const undeleteResultInfo = resultClass("UndeleteResult");

export function resultValue(info: TypeInfo, result: WriteResult): NativeValue<WriteResult> {
  return new NativeValue(
    info.of(),
    result,
    (data) =>
      `${info.qualifiedName}[getId=${data.id ?? "null"};isSuccess=${String(data.success)};]`,
  );
}
