/**
 * The secrets that this process holds, by value: other sides repeat in their errors what was sent
 * to them. Whatever leaves towards a log, a page or a person goes through `redact`.
 */
const shown = "[secret]";
/** Shorter ones would take words out of every text. */
const minLength = 6;
/** Access tokens and assertions come and go; the last ones may still be spoken of. */
const maxPassing = 100;

const lasting = new Set<string>();
const passing = new Set<string>();
let pattern: RegExp | null = null;

/** From now on none of them appears in a log line, an error or a page. */
export function keepSecrets(secrets: readonly string[]): void {
  for (const form of secrets.flatMap(formsOf)) lasting.add(form);
  pattern = null;
}

/** One that lives for minutes or hours: an access token, an assertion. */
export function keepPassingSecret(secret: string): void {
  for (const form of formsOf(secret)) {
    passing.delete(form);
    passing.add(form);
  }
  for (const oldest of passing) {
    if (passing.size <= maxPassing) break;
    passing.delete(oldest);
  }
  pattern = null;
}

/** @returns the text with each secret replaced */
export function redact(text: string): string {
  if (lasting.size + passing.size === 0) return text;
  pattern ??= patternOf([...lasting, ...passing]);
  return text.replaceAll(pattern, shown);
}

/** As it is, and as a form, a JSON text or a header carries it. */
function formsOf(secret: string): string[] {
  if (secret.length < minLength) return [];
  const forms = [
    secret,
    encodeURIComponent(secret),
    encodeURI(secret),
    new URLSearchParams([["", secret]]).toString().slice(1),
    JSON.stringify(secret).slice(1, -1),
    // JSON within a log line's JSON.
    JSON.stringify(JSON.stringify(secret).slice(1, -1)).slice(1, -1),
    Buffer.from(secret).toString("base64").replace(/=+$/, ""),
  ];
  return [...new Set(forms)];
}

function patternOf(secrets: readonly string[]): RegExp {
  const longestFirst = secrets.toSorted((one, other) => other.length - one.length);
  const escaped = longestFirst.map((it) => it.replaceAll(/[.*+?^${}()|[\]\\/-]/g, "\\$&"));
  return new RegExp(escaped.join("|"), "g");
}
