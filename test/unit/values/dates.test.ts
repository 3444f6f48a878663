import { carrying } from "../../support/values/carry.ts";

const dates = carrying({ type: "DATE" }, { type: "date" });
const moments = carrying({ type: "DATE" }, { type: "datetime" });
const times = carrying({ type: "TIME" }, { type: "time" });

describe("a date", () => {
  test.each([
    ["Pacific/Apia", "2026-11-23", "2026-11-23"],
    ["Pacific/Pago_Pago", "2026-11-23", "2026-11-23"],
    ["America/New_York", "2020-09-28T14:30:00Z", "2020-09-28"],
    ["America/New_York", "2020-09-28T03:59:59Z", "2020-09-27"],
    ["America/New_York", "2020-09-28T04:00:00Z", "2020-09-28"],
    ["America/St_Johns", "2026-03-01T03:29:59Z", "2026-02-28"],
    ["America/St_Johns", "2026-03-01T03:30:00Z", "2026-03-01"],
    ["Asia/Kolkata", "2026-03-01T18:29:59Z", "2026-03-01"],
    ["Asia/Kolkata", "2026-03-01T18:30:00Z", "2026-03-02"],
    ["Pacific/Apia", "2026-06-30T12:00:00Z", "2026-07-01"],
    ["Europe/London", "2026-06-30T23:30:00+00:00", "2026-07-01"],
  ])("in %s, %s is the day %s", (timeZone, given, day) => {
    expect(dates.toCampaign(given, { timeZone })).toBe(day);
    expect(dates.equal(given, day, { timeZone })).toBe(true);
    expect(dates.toCirca(day, { timeZone })).toBe(day);
  });

  test.each([["2020-09-27"], ["2020-09-29"]])("is not equal to its neighbour %s", (neighbour) => {
    expect(dates.equal("2020-09-28", neighbour)).toBe(false);
    expect(dates.equal("2020-09-28T14:30:00Z", neighbour)).toBe(false);
  });

  test.each([
    "2026-02-30", "2025-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "1699-12-31",
    "4001-01-01", "23.11.2026", "2026-11-23T10:00:00", "2026-11-23T25:00:00Z", "yesterday", "-",
  ])("%s is refused", (given) => {
    expect(dates.toCampaign(given)).toEqual({ problem: "INVALID_DATE" });
    expect(dates.toCirca(given)).toEqual({ problem: "INVALID_DATE" });
  }); // prettier-ignore

  test.each(["", "Nowhere/City", "local", "system", "Eastern Time (US & Canada)"])(
    "needs a real time zone for a moment, and %p is none",
    (timeZone) => {
      expect(dates.toCampaign("2026-11-23T10:00:00Z", { timeZone })).toEqual({
        problem: "TIME_ZONE_UNKNOWN",
      });
      expect(dates.toCampaign("2026-11-23", { timeZone })).toBe("2026-11-23");
    },
  );

  test.each([["2024-02-29"], ["2000-02-29"], ["1700-01-01"], ["4000-12-31"]])(
    "%s is a real day",
    (day) => expect(dates.toCampaign(day)).toBe(day),
  );
});

describe("a date kept in a date/time field", () => {
  test.each([
    ["America/New_York", "2026-11-23", "2026-11-23T05:00:00.000Z"],
    ["America/New_York", "2026-07-01", "2026-07-01T04:00:00.000Z"],
    ["Asia/Kolkata", "2026-11-23", "2026-11-22T18:30:00.000Z"],
    ["America/St_Johns", "2026-11-23", "2026-11-23T03:30:00.000Z"],
    // Midnight does not exist: the day begins at 01:00.
    ["America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00.000Z"],
    ["Africa/Cairo", "2026-04-24", "2026-04-23T22:00:00.000Z"],
    // Midnight comes twice: the day begins at the first.
    ["America/Havana", "2026-11-01", "2026-11-01T04:00:00.000Z"],
    ["Pacific/Apia", "2011-12-31", "2011-12-30T10:00:00.000Z"],
  ])("in %s, %s begins at %s", (timeZone, day, moment) => {
    expect(moments.toCampaign(day, { timeZone })).toBe(moment);
    expect(moments.toCirca(moment, { timeZone })).toBe(day);
    expect(moments.equal(day, moment.replace("Z", "+0000"), { timeZone })).toBe(true);
  });

  test("a day that the zone skipped is a problem", () => {
    const timeZone = "Pacific/Apia";
    expect(moments.toCampaign("2011-12-30", { timeZone })).toEqual({
      problem: "DAY_DOES_NOT_EXIST",
    });
  });

  test("the Campaign's time of day is left alone, another day is not", () => {
    const timeZone = "Asia/Kolkata";
    expect(moments.equal("2026-11-23", "2026-11-22T18:30:00.000+0000", { timeZone })).toBe(true);
    expect(moments.equal("2026-11-23", "2026-11-23T18:29:59.000+0000", { timeZone })).toBe(true);
    expect(moments.equal("2026-11-23", "2026-11-23T18:30:00.000+0000", { timeZone })).toBe(false);
    expect(moments.equal("2026-11-23", "2026-11-22T18:29:59.000+0000", { timeZone })).toBe(false);
  });

  test("without a time zone it is a problem, except blank", () => {
    const timeZone = "Nowhere/City";
    expect(moments.toCampaign("2026-11-23", { timeZone })).toEqual({
      problem: "TIME_ZONE_UNKNOWN",
    });
    expect(moments.toCampaign(null, { timeZone })).toBeNull();
  });
});

describe("a time", () => {
  test.each([
    ["09:30", "09:30:00.000Z", "09:30"],
    ["23:59:59", "23:59:59.000Z", "23:59:59"],
    ["00:00", "00:00:00.000Z", "00:00"],
    ["10:15:30.25", "10:15:30.250Z", "10:15:30.250"],
  ])("%s is %s in Salesforce", (circa, campaign, back) => {
    expect(times.toCampaign(circa)).toBe(campaign);
    expect(times.toCirca(campaign)).toBe(back);
    expect(times.equal(circa, campaign)).toBe(true);
  });

  test("a moment counts with its time where the Event is, in summer and in winter", () => {
    const timeZone = "America/New_York";
    expect(times.toCampaign("2026-07-01T14:30:00Z", { timeZone })).toBe("10:30:00.000Z");
    expect(times.toCampaign("2026-12-01T14:30:00Z", { timeZone })).toBe("09:30:00.000Z");
  });

  test.each(["24:00", "9:30", "09:60", "09:30 PM", "noon"])("%s is refused", (given) => {
    expect(times.toCampaign(given)).toEqual({ problem: "INVALID_TIME" });
  });
});

test("a date/time is shown in a text by the clock of the Event's place", () => {
  const shown = carrying({ type: "TEXT" }, { type: "datetime" });
  const timeZone = "Asia/Kathmandu";
  expect(shown.toCirca("2026-11-23T08:00:00.000+0000", { timeZone })).toBe("2026-11-23 13:45");
});
