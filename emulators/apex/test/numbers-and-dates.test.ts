/**
 * Integer, Long, Double, Decimal, Math, Date, Datetime, Time.
 * Sources: Apex Reference Guide, "Decimal Class" (apex_methods_system_decimal, with its table of
 * rounding modes), "Math Class", "Date Class", "Datetime Class", "Time Class"; Java's SimpleDateFormat,
 * which "Datetime.format(dateFormatString)" names. The bench's user is in America/Los_Angeles, and it
 * is 2026-03-10 12:00 UTC.
 */
import { ApexBench, type ConformanceCase } from "./support/apex-bench.ts";

const bench = new ApexBench();

describe("numbers", () => {
  const cases: ConformanceCase[] = [
    ["Integer.valueOf('123')", "123"],
    ["Integer.valueOf('-5')", "-5"],
    ["Integer.valueOf('1.5')", "System.TypeException: Invalid integer: 1.5"],
    ["Integer.valueOf('99999999999')", "System.TypeException: Invalid integer: 99999999999"],
    ["Long.valueOf('99999999999')", "99999999999"],
    ["Double.valueOf('3.89')", "3.89"],
    ["Decimal.valueOf('12.4567')", "12.4567"],
    ["Decimal.valueOf('x')", "System.TypeException: Invalid decimal: x"],
    ["5000.format()", "5,000"],
    ["4.2.intValue()", "4"],
    ["(1.5d).intValue()", "1"],
    ["2147483648L.intValue()", "-2147483648"],
    ["Boolean.valueOf('TRUE')", "true"],
    ["Boolean.valueOf('yes')", "false"],
  ];
  test.each(cases)("%s gives %s", (expression, outcome) => {
    expect(bench.evaluate(expression)).toBe(outcome);
  });
});

describe("Decimal", () => {
  const rounding = (mode: string): string =>
    [5.5, 2.5, 1.6, 1.1, 1, -1, -1.1, -1.6, -2.5, -5.5]
      .map((value) => `(${value.toFixed(1)}).setScale(0, System.RoundingMode.${mode})`)
      .join(" + ' ' + ");
  const cases: ConformanceCase[] = [
    [rounding("CEILING"), "6 3 2 2 1 -1 -1 -1 -2 -5"],
    [rounding("DOWN"), "5 2 1 1 1 -1 -1 -1 -2 -5"],
    [rounding("FLOOR"), "5 2 1 1 1 -1 -2 -2 -3 -6"],
    [rounding("HALF_DOWN"), "5 2 2 1 1 -1 -1 -2 -2 -5"],
    [rounding("HALF_EVEN"), "6 2 2 1 1 -1 -1 -2 -2 -6"],
    [rounding("HALF_UP"), "6 3 2 1 1 -1 -1 -2 -3 -6"],
    [rounding("UP"), "6 3 2 2 1 -1 -2 -2 -3 -6"],
    [
      "(5.5).setScale(0, System.RoundingMode.UNNECESSARY)",
      "System.MathException: Rounding necessary",
    ],
    ["(4.5).round()", "4"],
    ["(5.5).round()", "6"],
    ["(-2.5).round()", "-2"],
    ["(1.2355).setScale(3)", "1.236"],
    ["(1.5).setScale(3)", "1.500"],
    [
      "(19).divide(100, 3)",
      "compile 1:6: Method does not exist or incorrect signature: divide(Integer, Integer) from the type Integer (the Apex engine has no method of this name there)",
    ],
    ["Decimal.valueOf('19').divide(100, 3)", "0.190"],
    ["Decimal.valueOf('21').divide(100, 1, System.RoundingMode.UP)", "0.3"],
    ["(123456789.123).scale()", "3"],
    ["(-3.5).abs()", "3.5"],
    ["(4567.5).format()", "4,567.5"],
    ["(1.5).doubleValue() + 1", "2.5"],
    ["(1.5).longValue()", "1"],
  ];
  test.each(cases)("%s gives %s", (expression, outcome) => {
    expect(bench.evaluate(expression)).toBe(outcome);
  });
});

describe("Math", () => {
  const cases: ConformanceCase[] = [
    ["Math.abs(-42)", "42"],
    ["Math.abs(-42.7)", "42.7"],
    ["Math.ceil(1.2)", "2"],
    ["Math.floor(-1.2)", "-2"],
    ["Math.max(3, 5)", "5"],
    ["Math.max(3.5, 5)", "5"],
    ["Math.min(3L, 5)", "3"],
    ["Math.mod(12, 2)", "0"],
    ["Math.round(4.5)", "4"],
    ["Math.round(5.5d)", "6"],
    ["Math.mod(1, 0)", "System.MathException: Divide by 0"],
  ];
  test.each(cases)("%s gives %s", (expression, outcome) => {
    expect(bench.evaluate(expression)).toBe(outcome);
  });
});

describe("Date", () => {
  const cases: ConformanceCase[] = [
    ["Date.newInstance(1960, 2, 17)", "1960-02-17"],
    ["Date.newInstance(2020, 13, 1)", "2021-01-01"],
    ["Date.newInstance(2019, 2, 30)", "2019-03-02"],
    ["Date.today()", "2026-03-10"],
    ["System.today()", "2026-03-10"],
    ["Date.valueOf('2020-07-04')", "2020-07-04"],
    ["Date.valueOf('2020-07-04 10:00:00')", "2020-07-04"],
    ["Date.valueOf('2020-13-04')", "System.TypeException: Invalid date: 2020-13-04"],
    ["Date.parse('12/27/2009')", "2009-12-27"],
    ["Date.newInstance(2020, 1, 31).addMonths(1)", "2020-02-29"],
    ["Date.newInstance(2020, 2, 29).addYears(1)", "2021-02-28"],
    ["Date.newInstance(2020, 12, 31).addDays(1)", "2021-01-01"],
    ["Date.newInstance(2020, 3, 31).addMonths(-13)", "2019-02-28"],
    ["Date.newInstance(2020, 1, 2) + 3", "2020-01-05"],
    ["Date.newInstance(2020, 1, 2) - 3", "2019-12-30"],
    ["Date.newInstance(2020, 5, 6).day()", "6"],
    ["Date.daysInMonth(1960, 2)", "29"],
    ["Date.isLeapYear(1900)", "false"],
    ["Date.newInstance(2020, 1, 1).daysBetween(Date.newInstance(2020, 3, 1))", "60"],
    ["Date.newInstance(2020, 12, 1).monthsBetween(Date.newInstance(2021, 2, 20))", "2"],
    ["Date.newInstance(2020, 5, 6).toStartOfMonth()", "2020-05-01"],
    ["Date.newInstance(2020, 5, 6).toStartOfWeek()", "2020-05-03"],
    ["Date.newInstance(2020, 5, 6).format()", "5/6/2020"],
    ["Date.newInstance(2020, 5, 6).isSameDay(Date.newInstance(2020, 5, 6))", "true"],
    ["Date.newInstance(1, 1, 1)", "0001-01-01"],
  ];
  test.each(cases)("%s gives %s", (expression, outcome) => {
    expect(bench.evaluate(expression)).toBe(outcome);
  });
});

describe("Datetime", () => {
  const at = "Datetime.newInstanceGmt(2004, 9, 15, 12, 30, 45)";
  const cases: ConformanceCase[] = [
    [`${at}.getTime()`, "1095251445000"],
    ["Datetime.newInstance(1230768000000L).formatGmt('yyyy-MM-dd')", "2009-01-01"],
    ["Datetime.newInstance(2004, 9, 15, 5, 30, 45) == " + at, "true"],
    [`${at}.hour()`, "5"],
    [`${at}.hourGmt()`, "12"],
    [`${at}.date()`, "2004-09-15"],
    ["Datetime.newInstanceGmt(2004, 9, 15, 3, 0, 0).date()", "2004-09-14"],
    ["Datetime.newInstanceGmt(2004, 9, 15, 3, 0, 0).dateGmt()", "2004-09-15"],
    [`${at}.addMonths(-7).addHours(13).formatGmt('yyyy-MM-dd HH:mm')`, "2004-02-16 01:30"],
    [`${at}.addMinutes(20).minuteGmt()`, "50"],
    [`${at}.format('yyyy-MM-dd\\'T\\'HH:mm:ss')`, "2004-09-15T05:30:45"],
    [`${at}.format('EEE, MMM d yyyy HH:mm:ss')`, "Wed, Sep 15 2004 05:30:45"],
    [`${at}.format('EEEE')`, "Wednesday"],
    [`${at}.format('h:mm a', 'Asia/Tokyo')`, "9:30 PM"],
    [`${at}.formatGmt('yyyy-MM-dd\\'T\\'HH:mm:ss.SSS\\'Z\\'')`, "2004-09-15T12:30:45.000Z"],
    [`${at}.format()`, "9/15/2004, 5:30 AM"],
    [`${at} + 1`, "2004-09-16 05:30:45"],
    [`(${at} + 1.0 / 24).hourGmt()`, "13"],
    ["Datetime.valueOf('2008-12-31 20:00:00').formatGmt('yyyy-MM-dd HH')", "2009-01-01 04"],
    ["Datetime.valueOfGmt('2008-12-31 20:00:00').hourGmt()", "20"],
    ["Datetime.valueOf('x')", "System.TypeException: Invalid date/time: x"],
    ["Datetime.now().getTime()", "1773144000000"],
    ["System.now().hour()", "5"],
  ];
  test.each(cases)("%s gives %s", (expression, outcome) => {
    expect(bench.evaluate(expression)).toBe(outcome);
  });
});

describe("Time", () => {
  const cases: ConformanceCase[] = [
    ["Time.newInstance(18, 30, 2, 20)", "18:30:02.020Z"],
    ["Time.newInstance(23, 0, 0, 0).addHours(2)", "01:00:00.000Z"],
    ["Time.newInstance(18, 30, 2, 20).minute()", "30"],
    ["Time.newInstance(1, 0, 0, 0) < Time.newInstance(2, 0, 0, 0)", "true"],
  ];
  test.each(cases)("%s gives %s", (expression, outcome) => {
    expect(bench.evaluate(expression)).toBe(outcome);
  });
});
