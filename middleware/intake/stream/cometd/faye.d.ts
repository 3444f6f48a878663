/** What jsforce's types of faye 1.4.3 leave out; faye itself ships none. */
declare module "faye" {
  export interface Message {
    channel: string;
    id?: string;
    clientId?: string;
    successful?: boolean;
    error?: string;
    subscription?: unknown;
    supportedConnectionTypes?: unknown;
    data?: unknown;
    ext?: Record<string, unknown>;
    advice?: { reconnect?: string; interval?: number; timeout?: number };
  }

  export interface Extension {
    incoming?(message: Message, callback: (message: Message | null) => void): void;
    outgoing?(message: Message, callback: (message: Message | null) => void): void;
  }

  interface Client {
    disable(feature: "websocket" | "eventsource" | "autodisconnect"): void;
  }
}

declare module "faye/src/transport/node_http.js" {
  import type { ClientRequest } from "node:http";

  /** faye's long-polling transport for Node: one instance per client and endpoint. */
  interface NodeHttpTransport {
    readonly _dispatcher: object;
    /** undefined: it could not be sent. */
    request(messages: unknown[]): ClientRequest | undefined;
    _storeCookies(setCookie: string[] | undefined): void;
    _receive(replies: unknown): void;
    _findProxy(): string | undefined;
  }
  const NodeHttp: { prototype: NodeHttpTransport };
  export default NodeHttp;
}
