/**
 * Salesforce Ids: 15 characters where case matters, or 18 where the last three repeat which of the
 * 15 are upper case, so that programs that lose case still find the record.
 */
const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const checkDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

/** The three characters that make a 15-character Id safe where case is lost. */
function checksum(id15: string): string {
  let suffix = "";
  for (let block = 0; block < 15; block += 5) {
    let bits = 0;
    for (let position = 0; position < 5; position += 1) {
      const character = id15.charAt(block + position);
      if (character >= "A" && character <= "Z") bits += 1 << position;
    }
    suffix += checkDigits.charAt(bits);
  }
  return suffix;
}

/**
 * The 18-character form of an Id. An 18-character Id gets its case back from its checksum.
 * @returns null when the text can't be an Id
 */
export function toId18(text: string): string | null {
  if (!/^[0-9A-Za-z]{15}([0-9A-Za-z]{3})?$/.test(text)) return null;
  if (text.length === 15) return text + checksum(text);
  const repaired = restoreCase(text.slice(0, 15), text.slice(15).toUpperCase());
  return repaired !== null && checksum(repaired) === text.slice(15).toUpperCase()
    ? repaired + text.slice(15).toUpperCase()
    : null;
}

function restoreCase(id15: string, suffix: string): string | null {
  let restored = "";
  for (let position = 0; position < 15; position += 1) {
    const bits = checkDigits.indexOf(suffix.charAt(Math.floor(position / 5)));
    if (bits === -1) return null;
    const character = id15.charAt(position);
    restored += bits & (1 << position % 5) ? character.toUpperCase() : character.toLowerCase();
  }
  return restored;
}

export function keyPrefixOf(id: string): string {
  return id.slice(0, 3);
}

/** Gives out Ids, counting up per key prefix. */
export class IdSequence {
  private readonly nextByPrefix = new Map<string, number>();

  /** Counts from 1, for each key by itself. Like an org's, its numbers may have gaps. */
  count(key: string): number {
    const count = (this.nextByPrefix.get(key) ?? 0) + 1;
    this.nextByPrefix.set(key, count);
    return count;
  }

  copy(): IdSequence {
    const copy = new IdSequence();
    for (const [prefix, count] of this.nextByPrefix) copy.nextByPrefix.set(prefix, count);
    return copy;
  }

  next(keyPrefix: string): string {
    let rest = this.count(keyPrefix);
    let number = "";
    while (number.length < 7) {
      number = digits.charAt(rest % 62) + number;
      rest = Math.floor(rest / 62);
    }
    // Two characters of instance, one reserved, as real Ids have them.
    const id15 = `${keyPrefix}Dm000${number}`.slice(0, 15);
    return id15 + checksum(id15);
  }
}
