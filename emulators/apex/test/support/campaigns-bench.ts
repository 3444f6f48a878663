import { ApexBench } from "./apex-bench.ts";

/** Three Campaigns: Alpha 2026-01-01 100, Beta without date 50.5, Gamma 2026-03-10 null. */
const seeded = `insert new List<Campaign>{
  new Campaign(Name = 'Alpha', StartDate = Date.newInstance(2026, 1, 1), Circa_Paid_Total__c = 100, Status = 'Planned'),
  new Campaign(Name = 'Beta', Circa_Paid_Total__c = 50.5, Status = 'Planned'),
  new Campaign(Name = 'Gamma', StartDate = Date.newInstance(2026, 3, 10), Status = 'Completed')};
`;

/** An org in which each piece of Apex meets the same three Campaigns. */
export class CampaignsBench {
  private readonly bench = new ApexBench();

  /** Runs statements on the three Campaigns, and takes everything back. */
  async run(source: string): Promise<string> {
    const { store } = this.bench.org;
    const start = store.savepoint();
    const result = await this.bench.run(seeded + source);
    store.rollbackTo(start);
    for (const row of [...store.rows("Campaign")]) store.remove("Campaign", row.Id);
    store.commit();
    return result;
  }
}
