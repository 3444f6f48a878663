/** The part of faye 1.4.3 that we use; the package ships no types. */
declare module "faye" {
  export interface Message {
    channel: string;
    id?: string;
    clientId?: string;
    successful?: boolean;
    error?: string;
    subscription?: string;
    data?: unknown;
    ext?: Record<string, unknown>;
    advice?: { reconnect?: string; interval?: number; timeout?: number };
  }

  export interface Extension {
    incoming?(message: Message, callback: (message: Message | null) => void): void;
    outgoing?(message: Message, callback: (message: Message | null) => void): void;
  }

  export interface Subscription {
    callback(done: () => void): void;
    errback(failed: (error: Error) => void): void;
    cancel(): void;
  }

  export class Client {
    constructor(endpoint: string, options?: { timeout?: number; retry?: number });
    addExtension(extension: Extension): void;
    disable(feature: "websocket" | "eventsource" | "autodisconnect"): void;
    disconnect(): void;
    on(event: "transport:down" | "transport:up", listener: () => void): void;
    setHeader(name: string, value: string): void;
    subscribe(channel: string, listener: (data: unknown) => void): Subscription;
  }
}

declare module "faye/src/transport/node_http.js" {
  import type { ClientRequest } from "node:http";

  /** faye's long-polling transport for Node: one instance per client and endpoint. */
  interface NodeHttpTransport {
    readonly _dispatcher: object;
    request(messages: unknown[]): ClientRequest;
    _storeCookies(setCookie: string[] | undefined): void;
  }
  const NodeHttp: { prototype: NodeHttpTransport };
  export default NodeHttp;
}
