/** What a page's route is: pages act as the person who is signed in. */
import type { Circa } from "../../circa.ts";
import type { Html } from "../../../html.ts";
import type { FormBody } from "../read-form.ts";

export interface PageRequest {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: FormBody;
}

/** A page, or where to go on after something was done. */
export type PageAnswer =
  | { readonly status: number; readonly page: Html }
  | { readonly redirect: string };

export interface PageRoute {
  readonly method: "get" | "post";
  readonly path: string;
  readonly handle: (circa: Circa, request: PageRequest) => PageAnswer;
}

/** One text out of a query or form; empty when it isn't there. */
export function textOf(values: Readonly<Record<string, unknown>>, name: string): string {
  const value = values[name];
  return typeof value === "string" ? value : "";
}
