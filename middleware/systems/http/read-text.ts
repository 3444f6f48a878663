import { isUtf8 } from "node:buffer";

/**
 * Reads an answer's body to its end. JSON is UTF-8 (RFC 8259, 8.1); read as that, other bytes become
 * U+FFFD without a word, and would be written to the other side.
 * @throws what `fetch` throws when the body does not come
 */
export async function readText(
  answer: Response,
): Promise<{ readonly text: string; readonly isUtf8: boolean }> {
  const bytes = Buffer.from(await answer.arrayBuffer());
  return { text: new TextDecoder().decode(bytes), isUtf8: isUtf8(bytes) };
}
