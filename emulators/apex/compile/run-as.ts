import { unsupported } from "../errors.ts";
import type { Execute } from "../run/frame.ts";
import type { StatementNode } from "../syntax/ast.ts";
import { SObjectValue } from "../values/sobject-value.ts";
import type { Scope } from "./scope.ts";
import { compileError } from "./typed.ts";

/** `System.runAs(user) { … }`: only tests may; the user's permissions and sharing apply inside. */
export function compileRunAs(scope: Scope, node: StatementNode & { kind: "runAs" }): Execute {
  if (!scope.body.inTest) throw compileError(node.at, "System.runAs is only for test methods");
  const { type, run } = scope.expression(node.user);
  if (type.info.object?.name !== "User")
    throw unsupported(node.at, "System.runAs with anything but a User");
  const body = scope.block(node.body);
  const minded = scope.body.sharing !== "without";
  return (frame) => {
    const user = run(frame);
    const id = user instanceof SObjectValue ? user.id : null;
    if (id === null) throw frame.rt.nullPointer();
    const { rt } = frame;
    const before = rt.userId;
    const { sharing } = frame;
    const kinds = rt.dmlKinds;
    rt.userId = id;
    frame.sharing = minded;
    rt.dmlKinds = { setup: null, data: null };
    try {
      return body(frame);
    } finally {
      rt.userId = before;
      frame.sharing = sharing;
      rt.dmlKinds = kinds;
    }
  };
}
