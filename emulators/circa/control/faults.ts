import { faultsBody } from "../faults/fault-rules.ts";
import { readBody } from "../read-body.ts";
import type { ControlRoute } from "./control-route.ts";

export const getFaults: ControlRoute = {
  method: "get",
  path: "/faults",
  handle: (circa) => ({ status: 200, body: circa.faults.describe() }),
};

/** Adds to the faults that are still to come. */
export const postFaults: ControlRoute = {
  method: "post",
  path: "/faults",
  handle: (circa, body) => {
    circa.faults.arm(readBody(faultsBody, body));
    return { status: 200, body: circa.faults.describe() };
  },
};

export const deleteFaults: ControlRoute = {
  method: "delete",
  path: "/faults",
  handle: (circa) => {
    circa.faults.clear();
    return { status: 204 };
  },
};
