/** The Metadata namespace, as far as custom metadata records go. */
import { callMethod } from "../compile/call.ts";
import { fieldValueOf } from "../run/field-values.ts";
import type { WriteError } from "../ports.ts";
import type { Runtime } from "../run/runtime.ts";
import { objectType, stringType } from "../types/builtin.ts";
import type { FieldInfo, TypeInfo } from "../types/type.ts";
import { ListValue } from "../values/collections.ts";
import { NativeValue } from "../values/native-value.ts";
import { ObjectValue } from "../values/object-value.ts";
import { textOf } from "../values/text.ts";
import type { Value } from "../values/value.ts";
import { libraryClass } from "../intrinsics/define.ts";
import { enumConstant, libraryEnum } from "../intrinsics/enum.ts";
import { recordClass } from "./record-class.ts";

const namespace = "Metadata";

export const metadataInfo = libraryClass("Metadata", {}, { namespace });
const customValueInfo = recordClass("CustomMetadataValue", namespace, {
  field: () => stringType,
  value: () => objectType,
});
recordClass(
  "CustomMetadata",
  namespace,
  {
    fullName: () => stringType,
    label: () => stringType,
    values: () => listOfValues(),
  },
  {
    superType: metadataInfo,
    initial: (self) => setField(self, "values", new ListValue(customValueInfo.of(), [])),
  },
);

function listOfValues(): ReturnType<TypeInfo["of"]> {
  return new ListValue(customValueInfo.of(), []).type;
}

function fieldOf(info: TypeInfo, name: string): FieldInfo {
  const field = info.fields.get(name.toLowerCase());
  if (!field) throw new Error(`${info.name} has no field ${name}`);
  return field;
}

function getField(self: ObjectValue, name: string): Value {
  return self.fields[fieldOf(self.info, name).slot] ?? null;
}

function setField(self: ObjectValue, name: string, value: Value): void {
  self.fields[fieldOf(self.info, name).slot] = value;
}

interface Container {
  readonly items: ObjectValue[];
}

const containerInfo = libraryClass(
  "DeployContainer",
  {
    "new()": () => new NativeValue<Container>(containerInfo.of(), { items: [] }),
    "void addMetadata(Metadata.Metadata item)": (
      _rt,
      self: NativeValue<Container>,
      item: ObjectValue,
    ) => {
      self.data.items.push(item);
    },
    "List<Metadata.Metadata> getMetadata()": (_rt, self: NativeValue<Container>) =>
      new ListValue(metadataInfo.of(), [...self.data.items]),
  },
  { namespace },
);

const statusInfo = libraryEnum(
  "DeployStatus",
  ["PENDING", "INPROGRESS", "SUCCEEDED", "SUCCEEDEDPARTIAL", "FAILED", "CANCELING", "CANCELED"],
  { namespace },
);

const messageInfo = recordClass("DeployMessage", namespace, {
  fullName: () => stringType,
  problem: () => stringType,
});
const detailsInfo = recordClass("DeployDetails", namespace, {
  componentFailures: () => new ListValue(messageInfo.of(), []).type,
});
const resultInfo = recordClass("DeployResult", namespace, {
  id: () => stringType,
  status: () => statusInfo.of(),
  errorMessage: () => stringType,
  success: () => objectType,
  details: () => detailsInfo.of(),
});
const contextInfo = libraryClass("DeployCallbackContext", {}, { namespace });

libraryClass(
  "DeployCallback",
  {
    "void handleResult(Metadata.DeployResult? result, Metadata.DeployCallbackContext? context)":
      () => null,
  },
  { form: "interface", namespace },
);

/** Deployments run when the transaction has committed; a test cannot deploy, as on the platform. */
function enqueue(rt: Runtime, container: NativeValue<Container>, callback: Value): string {
  const records = container.data.items.map((item) => ({
    fullName: textOf(getField(item, "fullName")),
    label: textOf(getField(item, "label")),
    values: Object.fromEntries(
      (getField(item, "values") as ListValue).items.map((value) => [
        textOf(getField(value as ObjectValue, "field")),
        fieldValueOf(getField(value as ObjectValue, "value")),
      ]),
    ),
  }));
  if (rt.test) throw rt.error("AsyncException", "Metadata cannot be deployed from within a test");
  deployments += 1;
  const deployId = `0Af000000${String(deployments).padStart(6, "0")}AAA`;
  rt.async.enqueue("Metadata deployment", (inner) => {
    const errors = inner.transaction.deployMetadata(records, inner.userId);
    if (!(callback instanceof ObjectValue)) return;
    const context = new NativeValue(contextInfo.of(), "707000000000001AAA");
    callMethod(inner, callback, "handleResult", [resultOf(deployId, errors), context]);
  });
  return deployId;
}

/** Deployments of this process, for Ids that differ. */
let deployments = 0;

function resultOf(deployId: string, errors: readonly WriteError[]): ObjectValue {
  const result = new ObjectValue(resultInfo);
  const details = new ObjectValue(detailsInfo);
  const failures = errors.map((error) => {
    const message = new ObjectValue(messageInfo);
    setField(message, "fullName", error.fields[0] ?? "");
    setField(message, "problem", error.message);
    return message;
  });
  setField(details, "componentFailures", new ListValue(messageInfo.of(), failures));
  setField(result, "id", deployId);
  setField(result, "status", enumConstant(statusInfo, errors.length > 0 ? "FAILED" : "SUCCEEDED"));
  setField(result, "success", errors.length === 0);
  setField(result, "errorMessage", errors[0]?.message ?? null);
  setField(result, "details", details);
  return result;
}

libraryClass(
  "Operations",
  {
    "static Id enqueueDeployment(Metadata.DeployContainer container, Metadata.DeployCallback? callback)":
      (rt, container: NativeValue<Container>, callback: Value) => enqueue(rt, container, callback),
  },
  { namespace },
);
