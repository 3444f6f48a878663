/** The stream as raw HTTP, for wire exactness. */
import type { SalesforceEmulator } from "../../index.ts";
import { fixtureChannel } from "./salesforce-org.ts";

export type BayeuxMessage = Record<string, unknown>;

/** One client without any cleverness: it keeps its cookies, and says what it is told to say. */
export class RawBayeuxClient {
  readonly cookies = new Map<string, string>();
  setCookieHeaders: string[] = [];
  clientId = "";
  private nextId = 1;

  constructor(
    private readonly emulator: SalesforceEmulator,
    private readonly options: { version?: string; token?: string | null } = {},
  ) {}

  async post(messages: unknown, signal?: AbortSignal): Promise<Response> {
    const { version = "61.0", token = this.emulator.integration.accessToken } = this.options;
    const answer = await fetch(`${this.emulator.url}/cometd/${version}`, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        Cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; "),
        ...(token === null ? {} : { Authorization: `OAuth ${token}` }),
      },
      body: typeof messages === "string" ? messages : JSON.stringify(messages),
      ...(signal ? { signal } : {}),
    });
    for (const header of answer.headers.getSetCookie()) {
      this.setCookieHeaders.push(header);
      const [pair = ""] = header.split(";");
      const at = pair.indexOf("=");
      this.cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return answer;
  }

  async send(...messages: BayeuxMessage[]): Promise<BayeuxMessage[]> {
    const answer = await this.post(messages);
    return (await answer.json()) as BayeuxMessage[];
  }

  async handshake(): Promise<BayeuxMessage[]> {
    const supportedConnectionTypes = ["in-process", "websocket", "long-polling"];
    const replies = await this.send({
      channel: "/meta/handshake",
      version: "1.0",
      supportedConnectionTypes,
      id: "1",
    });
    const { clientId } = replies[0] ?? {};
    this.clientId = typeof clientId === "string" ? clientId : "";
    return replies;
  }

  connect(advice?: { timeout: number }): Promise<BayeuxMessage[]> {
    return this.send(this.connectMessage(advice));
  }

  subscribe(replay?: unknown, subscription = fixtureChannel): Promise<BayeuxMessage[]> {
    return this.send(this.subscribeMessage(replay, subscription));
  }

  connectMessage(advice?: { timeout: number }): BayeuxMessage {
    const id = String(this.nextId++);
    const { clientId } = this;
    const connect = { channel: "/meta/connect", clientId, connectionType: "long-polling", id };
    return advice ? { ...connect, advice } : connect;
  }

  subscribeMessage(replay?: unknown, subscription = fixtureChannel): BayeuxMessage {
    const id = String(this.nextId++);
    const { clientId } = this;
    const subscribe = { channel: "/meta/subscribe", clientId, subscription, id };
    return replay === undefined ? subscribe : { ...subscribe, ext: { replay } };
  }

  /** Shakes hands, connects once and subscribes; -1 unless told otherwise. */
  async open(replayId = -1): Promise<void> {
    await this.handshake();
    await this.connect();
    await this.subscribe({ [fixtureChannel]: replayId });
  }
}

/** The `Kind__c` of the events among messages, in order. */
export function kindsOf(messages: readonly BayeuxMessage[]): unknown[] {
  return messages.flatMap((message) => {
    const { data } = message as { data?: { payload: { Kind__c: unknown } } };
    return data ? [data.payload.Kind__c] : [];
  });
}
