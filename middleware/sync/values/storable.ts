/** What no text field stores: control characters, and halves of characters. */

// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const unstorable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]|\p{Surrogate}/u;
const everyUnstorable = new RegExp(unstorable, "gu");

export const isStorable = (text: string): boolean => !unstorable.test(text);

/** For what is only shown: a sign stands for each character that no text field stores. */
export const storable = (text: string): string =>
  isStorable(text) ? text : text.replace(everyUnstorable, "\ufffd");
