/** The declared subset of Apex's standard library. Importing a file declares its classes. */
import "../intrinsics/aggregate-result.ts";
import "./async.ts";
import "./custom-metadata.ts";
import "./database.ts";
import "./dates.ts";
import "./decimal.ts";
import "./encoding.ts";
import "./event-bus.ts";
import "./exceptions.ts";
import "./json.ts";
import "../intrinsics/label.ts";
import "./list.ts";
import "./math.ts";
import "./messaging.ts";
import "./metadata.ts";
import "./numbers.ts";
import "./object.ts";
import "../intrinsics/describe-object.ts";
import "./sets-and-maps.ts";
import "./sobject.ts";
import "./string.ts";
import "./system.ts";
import "./test.ts";
import "../intrinsics/trigger.ts";
import "./type.ts";
import "./user-info.ts";
import { addAsyncMembers } from "./async.ts";
import { linkLibrary } from "../intrinsics/define.ts";

let loaded = false;

/** Resolves the library's signatures; does so once. */
export function loadLibrary(): void {
  if (loaded) return;
  loaded = true;
  addAsyncMembers();
  linkLibrary();
}
