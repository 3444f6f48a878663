/** Reads the Id of a Campaign out of what a person pasted. */

const checkLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

/**
 * The 18-character Id in an Id of 15 or 18 characters, or in a link that holds one; null when
 * there is none. Salesforce's last three characters say which of the first fifteen are capitals.
 */
export function readCampaignId(pasted: string): string | null {
  const match = /(?:^|[/=])(701[A-Za-z0-9]{12})([A-Z0-5]{3})?(?:$|[/?&#])/.exec(pasted.trim());
  const [, short, suffix] = match ?? [];
  if (short === undefined) return null;
  const long = short + checkSuffix(short);
  return suffix === undefined || long === short + suffix ? long : null;
}

function checkSuffix(short: string): string {
  return [0, 5, 10]
    .map((start) => {
      const capitals = Array.from(short.slice(start, start + 5)).reduce(
        (bits, letter, place) => bits + (/[A-Z]/.test(letter) ? 1 << place : 0),
        0,
      );
      return checkLetters.charAt(capitals);
    })
    .join("");
}
