const hourMs = 3_600_000;
const hoursOfDay = 24;

/** Events delivered in the last 24 hours, over all clients, by whole hours. */
export class DeliveryAllocation {
  private readonly byHour = new Map<number, number>();

  constructor(private readonly now: () => Date) {}

  add(deliveries: number): void {
    const hour = this.hour();
    this.byHour.set(hour, (this.byHour.get(hour) ?? 0) + deliveries);
  }

  used(): number {
    const oldest = this.hour() - hoursOfDay;
    for (const hour of this.byHour.keys()) if (hour <= oldest) this.byHour.delete(hour);
    return [...this.byHour.values()].reduce((sum, count) => sum + count, 0);
  }

  clear(): void {
    this.byHour.clear();
  }

  private hour(): number {
    return Math.floor(this.now().getTime() / hourMs);
  }
}
