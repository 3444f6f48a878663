import { readBody } from "../read-body.ts";
import { changeSettings, formatSettings, settingsBody } from "../settings.ts";
import type { ControlRoute } from "./control-route.ts";

export const getSettings: ControlRoute = {
  method: "get",
  path: "/settings",
  handle: (circa) => ({ status: 200, body: formatSettings(circa.settings) }),
};

export const postSettings: ControlRoute = {
  method: "post",
  path: "/settings",
  handle: (circa, body) => {
    circa.settings = changeSettings(circa.settings, readBody(settingsBody, body));
    return { status: 200, body: formatSettings(circa.settings) };
  },
};
