/** What goes wrong on the stream, until its count is used up. Set through the fault endpoint. */
export class StreamingFaults {
  denials: { reason: string; times: number } | null = null;
  responses: { status: number; body: string; contentType: string; times: number } | null = null;
  truncations = 0;
  hangs = 0;
  tooBusy = 0;
  foreignCookies = 0;
  /** Who resumes at this replay id or an earlier one is subscribed and gets nothing. */
  deafThrough: number | null = null;
  delay: { delayMs: number; times: number } | null = null;
  /** "403::Unknown client" says `reconnect: none` instead of `handshake`. */
  reconnectNoneOnUnknownClient = false;
  /** The connect reply goes before the events of an answer, not after them. */
  connectReplyFirst = false;

  clear(): void {
    Object.assign(this, new StreamingFaults());
  }

  takeDenial(): string | null {
    return take(this.denials)?.reason ?? null;
  }

  takeResponse(): { status: number; body: string; contentType: string } | null {
    return take(this.responses);
  }

  takeDelayMs(): number {
    return take(this.delay)?.delayMs ?? 0;
  }

  takeOne(name: "truncations" | "hangs" | "tooBusy" | "foreignCookies"): boolean {
    if (this[name] <= 0) return false;
    this[name] -= 1;
    return true;
  }
}

function take<Fault extends { times: number }>(fault: Fault | null): Fault | null {
  if (!fault || fault.times <= 0) return null;
  fault.times -= 1;
  return fault;
}
