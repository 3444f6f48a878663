/**
 * System.String, Pattern and Matcher.
 * Source: Apex Reference Guide, "String Class" (apex_methods_system_string), with its own examples
 * where it has one; "Pattern Class" and "Matcher Class".
 */
import { ApexBench, type ConformanceCase } from "./support/apex-bench.ts";

const bench = new ApexBench();

describe("String", () => {
  const cases: ConformanceCase[] = [
    ["'Hello Maximillian'.abbreviate(8)", "Hello..."],
    ["'Hello Max'.abbreviate(8)", "Hello..."],
    ["'hello maximillian'.capitalize()", "Hello maximillian"],
    ["'hello'.center(9)", "  hello  "],
    ["'hello'.center(9, '-')", "--hello--"],
    ["'Ab'.charAt(0)", "65"],
    ["'abcde'.compareTo('abcd') > 0", "true"],
    ["'hello'.contains('ll')", "true"],
    ["'hello'.contains('LL')", "false"],
    ["'hello'.containsAny('hx')", "true"],
    ["'hello'.containsAny('x')", "false"],
    ["'hello'.containsIgnoreCase('HE')", "true"],
    ["'abcde'.containsNone('fg')", "true"],
    ["'abba'.containsOnly('abcd')", "true"],
    ["'Hello Jane'.containsWhitespace()", "true"],
    ["'Hello Jane'.countMatches('Jane')", "1"],
    ["' Hello Jane '.deleteWhitespace()", "HelloJane"],
    ["'Hello Jane'.difference('Hello Max')", "Max"],
    ["'Hello Jason'.endsWith('Jason')", "true"],
    ["'Hello Jason'.endsWithIgnoreCase('jason')", "true"],
    ["'abc'.equalsIgnoreCase('ABC')", "true"],
    ["String.escapeSingleQuotes('He\\'s')", "He\\'s"],
    ["'<Black&White>'.escapeHtml4()", "&lt;Black&amp;White&gt;"],
    ["'Max1, \"Max2\"'.escapeCsv()", '"Max1, ""Max2"""'],
    ["'<a>'.escapeXml()", "&lt;a&gt;"],
    [
      "String.format('Hello {0}, shall we {1}?', new List<String>{'Bob', 'dance'})",
      "Hello Bob, shall we dance?",
    ],
    ["String.format('It\\'\\'s {0}', new List<Object>{1})", "It's 1"],
    ["String.fromCharArray(new List<Integer>{74})", "J"],
    ["String.getCommonPrefix(new List<String>{'SFDCApex', 'SFDCVisualforce'})", "SFDC"],
    ["'a'.hashCode()", "97"],
    ["'hello'.hashCode()", "99162322"],
    ["'abcde'.indexOf('cd')", "2"],
    ["'aaaa'.indexOf('a', 2)", "2"],
    ["'abcd'.indexOf('x')", "-1"],
    ["'abcd'.indexOfAny('xc')", "2"],
    ["'abcde'.indexOfDifference('abxyz')", "2"],
    ["'abcd'.indexOfIgnoreCase('BCD')", "1"],
    ["String.isBlank(' ')", "true"],
    ["String.isBlank(null)", "true"],
    ["String.isNotBlank('x')", "true"],
    ["String.isEmpty(' ')", "false"],
    ["String.isEmpty('')", "true"],
    ["String.isNotEmpty(null)", "false"],
    ["'abcde'.isAllLowerCase()", "true"],
    ["'ABc'.isAllUpperCase()", "false"],
    ["'ABc'.isAlpha()", "true"],
    ["'A B'.isAlphaSpace()", "true"],
    ["'021Abc'.isAlphanumeric()", "true"],
    ["'1234567890'.isNumeric()", "true"],
    ["'1.2'.isNumeric()", "false"],
    ["'1 2 3'.isNumericSpace()", "true"],
    ["' '.isWhitespace()", "true"],
    ["String.join(new List<Integer>{1, 2, 3}, '/')", "1/2/3"],
    ["String.join(new Set<String>{'a', 'b'}, ', ')", "a, b"],
    ["'abcdc'.lastIndexOf('c')", "4"],
    ["'abcdc'.lastIndexOf('c', 3)", "2"],
    ["'abcdaacd'.left(3)", "abc"],
    ["'ab'.leftPad(5)", "   ab"],
    ["'ab'.leftPad(5, '0')", "000ab"],
    ["'abcd'.length()", "4"],
    ["'abcde'.mid(2, 3)", "cde"],
    ["'Salesforce \\t force.com'.normalizeSpace()", "Salesforce force.com"],
    ["'Salesforce and force.com'.remove('force')", "Sales and .com"],
    ["'Salesforce and force.com'.removeEnd('.com')", "Salesforce and force"],
    ["'Salesforce and force.COM'.removeEndIgnoreCase('.com')", "Salesforce and force"],
    ["'Salesforce and force.com'.removeStart('Sales')", "force and force.com"],
    ["'SALESforce'.removeStartIgnoreCase('sales')", "force"],
    ["'SFDC'.repeat(2)", "SFDCSFDC"],
    ["'SFDC'.repeat('-', 2)", "SFDC-SFDC"],
    ["'abcdbca'.replace('bc', 'xy')", "axydxya"],
    ["'a b  c'.replaceAll('\\\\s+', '-')", "a-b-c"],
    ["'a1b2'.replaceAll('([a-z])(\\\\d)', '$2$1')", "1a2b"],
    ["'a b c'.replaceFirst(' ', '-')", "a-b c"],
    ["'Hello'.reverse()", "olleH"],
    ["'Hello Max'.right(3)", "Max"],
    ["'ab'.rightPad(4, '.')", "ab.."],
    ["'a,b,,c,,'.split(',')", "(a, b, , c)"],
    ["'a,b,,c,,'.split(',', -1)", "(a, b, , c, , )"],
    ["'boo:and:foo'.split(':', 2)", "(boo, and:foo)"],
    ["'a.b'.split('\\\\.')", "(a, b)"],
    ["'abc'.split('')", "(a, b, c)"],
    ["'Lightning.platform'.splitByCharacterType()", "(L, ightning, ., platform)"],
    ["'AE86 vs EK9'.startsWith('AE86')", "true"],
    ["'AE86'.startsWithIgnoreCase('ae')", "true"],
    ["'<b>hello</b>'.stripHtmlTags()", "hello"],
    ["'hamburger'.substring(4)", "urger"],
    ["'hamburger'.substring(4, 8)", "urge"],
    ["'Force.com.Salesforce'.substringAfter('.')", "com.Salesforce"],
    ["'Force.com.Salesforce'.substringAfterLast('.')", "Salesforce"],
    ["'Force.com.Salesforce'.substringBefore('.')", "Force"],
    ["'Force.com.Salesforce'.substringBeforeLast('.')", "Force.com"],
    ["'tagYellowtag'.substringBetween('tag')", "Yellow"],
    ["'xYellowy'.substringBetween('x', 'y')", "Yellow"],
    ["'Force.com'.swapCase()", "fORCE.COM"],
    ["'ThIs iS'.toLowerCase()", "this is"],
    ["'ThIs'.toUpperCase()", "THIS"],
    ["'  a b '.trim()", "a b"],
    ["'Max'.uncapitalize()", "max"],
    ["String.valueOf(1.50)", "1.50"],
    ["String.valueOf((Object) null)", "null"],
    ["String.valueOf(true)", "true"],
    ["String.valueOf(12345678.5d)", "1.23456785E7"],
    ["String.valueOf(0.0001d)", "1.0E-4"],
    ["'abc'.substring(5)", "System.StringException: Starting position out of bounds: 5"],
    ["'abc'.substring(1, 9)", "System.StringException: Ending position out of bounds: 9"],
    ["'abc'.contains(null)", "System.NullPointerException: Argument 1 cannot be null"],
  ];
  test.each(cases)("%s gives %s", (expression, outcome) => {
    expect(bench.evaluate(expression)).toBe(outcome);
  });
});

describe("Pattern and Matcher", () => {
  const cases: ConformanceCase[] = [
    ["Pattern.matches('a*b', 'aaab')", "true"],
    ["Pattern.matches('a*b', 'aaabc')", "false"],
    ["Pattern.compile('(\\\\w+)@(\\\\w+)').matcher('x@y').matches()", "true"],
    ["Pattern.compile('(').pattern()", "System.StringException: Invalid regex: ("],
    ["Pattern.compile('a.c').matcher('xabcx').find()", "true"],
    ["Pattern.compile('(a)(b)').matcher('').groupCount()", "2"],
    ["Pattern.compile('b').matcher('abab').replaceAll('x')", "axax"],
    ["Pattern.quote('a.b')", "a\\.b"],
  ];
  test.each(cases)("%s gives %s", (expression, outcome) => {
    expect(bench.evaluate(expression)).toBe(outcome);
  });

  test("find walks through the matches and shows their groups", async () => {
    const source = `
      Matcher m = Pattern.compile('([a-z])(\\\\d)').matcher('a1-b2');
      while (m.find()) { System.debug(m.group() + m.group(2) + m.start() + m.end()); }`;
    expect(await bench.run(source)).toBe("a1102\nb2235");
  });
});
