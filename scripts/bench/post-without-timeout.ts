/** A POST whose answer may take as long as it likes: `fetch` gives up after five minutes. */
import { once } from "node:events";
import { request, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";

/** @throws Error with what was answered unless that is 200 */
export async function postWithoutTimeout(url: string, token: string): Promise<unknown> {
  const asked = request(url, { method: "POST", headers: { authorization: `Bearer ${token}` } });
  asked.end();
  const [answer] = (await once(asked, "response")) as [IncomingMessage];
  const body = await text(answer);
  if (answer.statusCode !== 200) throw new Error(`HTTP ${answer.statusCode ?? 0} ${body}`);
  return JSON.parse(body);
}
