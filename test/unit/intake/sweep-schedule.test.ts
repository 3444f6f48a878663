import {
  isTaken,
  slotsAt,
  untilNextSlotMs,
  type SweepSchedule,
} from "../../../middleware/intake/sweep/schedule.ts";

const hourly: SweepSchedule = { intervalSeconds: 3_600, fullHour: 2, shift: 0 };
const at = (time: string) => Date.parse(`2027-03-09T${time}Z`);

test("a slot lasts as long as the interval, and all processes count it alike", () => {
  const { sweep } = slotsAt(hourly, at("10:00:00"));
  expect(slotsAt(hourly, at("10:59:59")).sweep).toBe(sweep);
  expect(slotsAt(hourly, at("11:00:00")).sweep).not.toBe(sweep);
});

test("the full comparison's day begins at its hour in UTC", () => {
  expect(slotsAt(hourly, at("01:59:59")).full).toBe("full-2027-03-08");
  expect(slotsAt(hourly, at("02:00:00")).full).toBe("full-2027-03-09");
});

test("with the sweep off, and without an hour, nothing comes by itself", () => {
  expect(slotsAt({ ...hourly, intervalSeconds: 0 }, at("02:00:00"))).toEqual({
    sweep: null,
    full: null,
  });
  expect(slotsAt({ ...hourly, fullHour: null }, at("02:00:00")).full).toBeNull();
});

test("a process begins up to a tenth of the interval, and five minutes at most, behind the slot", () => {
  const shifted = { ...hourly, shift: 0.5 };
  const before = slotsAt(hourly, at("10:59:59")).sweep;
  expect(slotsAt(shifted, at("11:02:29")).sweep).toBe(before);
  expect(slotsAt(shifted, at("11:02:30")).sweep).toBe(slotsAt(hourly, at("11:00:00")).sweep);
  const fast = { ...hourly, intervalSeconds: 10, shift: 1 };
  expect(untilNextSlotMs(fast, at("10:00:00"))).toBe(1_000);
});

test("the next slot is never further away than the interval, whatever the clock says", () => {
  for (const time of ["00:00:00", "01:59:59", "02:00:00", "23:59:59.999"]) {
    const untilMs = untilNextSlotMs({ ...hourly, shift: 0.3 }, at(time));
    expect(untilMs).toBeGreaterThan(0);
    expect(untilMs).toBeLessThanOrEqual(3_600_000);
  }
});

test("while the API budget is short, every so manieth slot is taken", () => {
  const slots = Array.from({ length: 8 }, (_, hour) => slotsAt(hourly, at(`0${hour}:30:00`)).sweep);
  expect(slots.filter((slot) => isTaken(slot ?? "", 4))).toHaveLength(2);
  expect(slots.every((slot) => isTaken(slot ?? "", 1))).toBe(true);
});
