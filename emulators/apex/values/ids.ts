/** Record Ids: 15 characters with case, or 18 with a suffix that makes case safe to lose. */
const suffixAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

/** The 18-character form; null when the text is no Id. */
export function normalizeId(text: string): string | null {
  if (!/^[a-zA-Z0-9]{15}(?:[a-zA-Z0-5]{3})?$/.test(text)) return null;
  return text.length === 18 ? text : text + idSuffix(text);
}

function idSuffix(id15: string): string {
  let suffix = "";
  for (let block = 0; block < 3; block += 1) {
    let bits = 0;
    for (let index = 0; index < 5; index += 1) {
      const char = id15.charAt(block * 5 + index);
      if (char >= "A" && char <= "Z") bits |= 1 << index;
    }
    suffix += suffixAlphabet.charAt(bits);
  }
  return suffix;
}
