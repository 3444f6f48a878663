import { z } from "zod";
import { ApiError } from "../../errors.ts";
import { fieldTypeNames } from "../../field-types.ts";
import { createField } from "../../operations/edit-field.ts";
import { readBody } from "../../read-body.ts";
import { eventInfoPage } from "../event-info-page.ts";
import { textOf, type PageRoute } from "./page-route.ts";
import { readLines } from "./read-lines.ts";

const formSchema = z.object({
  label: z.string().trim().min(1, "Give the field a name"),
  type: z.enum(fieldTypeNames),
});

export const addField: PageRoute = {
  method: "post",
  path: "/settings/event-info",
  handle: (circa, { body }) => {
    const options = textOf(body, "options");
    try {
      const { label, type } = readBody(formSchema, body);
      const values = readLines(options);
      createField(circa, { label, type, options: values, section: "Custom", required: false });
      return { redirect: "/settings/event-info?done=added" };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const [label, type] = [textOf(body, "label"), textOf(body, "type")];
      const refusal = { key: null, message: error.message, label, type, options };
      return { status: 422, page: eventInfoPage(circa, refusal) };
    }
  },
};
