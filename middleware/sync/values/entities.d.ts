/** What we use of it. */
declare module "entities" {
  export function decodeHTML(text: string): string;
  export function decodeHTMLAttribute(text: string): string;
}
