/** How both systems' changes come at the moment. Each path notes its own state here. */
export class PathHealth {
  #streamDownSince: number | null;
  #circaWay: "webhooks" | "polling" | null = null;

  /** @param nowMs the stream does not deliver before it is subscribed */
  constructor(nowMs: number) {
    this.#streamDownSince = nowMs;
  }

  /** When the stream stopped delivering, in milliseconds since the epoch; null while it delivers. */
  streamDownSince(): number | null {
    return this.#streamDownSince;
  }

  /** null until Circa's list of endpoints has been looked at once. */
  circaWay(): "webhooks" | "polling" | null {
    return this.#circaWay;
  }

  noteStream(downSince: number | null): void {
    this.#streamDownSince = downSince;
  }

  noteCirca(way: "webhooks" | "polling" | null): void {
    this.#circaWay = way;
  }
}
