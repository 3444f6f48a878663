/** A Campaign that is given to another Event leaves word for the one that had it. */
import { deleteLinks, saveLinks, linksOfEvents } from "../../../middleware/store/links/links.ts";
import { engines, storeForEachTest } from "../../support/each-engine.ts";

const campaignId = "701000000000001AAA";

describe.each(engines)("a Campaign given to another Event, on %s", (engine) => {
  const store = storeForEachTest(engine);

  test("the Event that had it still knows that it did, until its own pass is over", async () => {
    const database = store();
    const link = (eventId: string) => ({ eventId, campaignId, baseline: { location: "Volos" } });
    const keep = (eventId: string) =>
      database.write((trx) => saveLinks(database, trx, [link(eventId)], 1));
    expect(await keep("A")).toEqual(new Map());
    expect(await keep("B")).toEqual(new Map([["A", "B"]]));

    const links = await linksOfEvents(database.query, ["A", "B"]);
    expect(links.get("A")).toEqual({ eventId: "A", campaignId, baseline: {} });
    expect(links.get("B")).toEqual(link("B"));

    await database.write((trx) => deleteLinks(trx, ["A"]));
    const after = await linksOfEvents(database.query, ["A", "B"]);
    expect([...after.keys()]).toEqual(["B"]);
  });

  test("an Event that gets its Campaign back is an ordinary link again", async () => {
    const database = store();
    const link = (eventId: string) => ({ eventId, campaignId, baseline: {} });
    for (const eventId of ["A", "B", "A"]) {
      await database.write((trx) => saveLinks(database, trx, [link(eventId)], 1));
    }
    await database.write((trx) => deleteLinks(trx, ["B"]));
    const links = await linksOfEvents(database.query, ["A", "B"]);
    expect([...links.keys()]).toEqual(["A"]);
  });
});
