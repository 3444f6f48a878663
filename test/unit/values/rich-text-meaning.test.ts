/** What rich text carries besides words: it arrives, and an edit of it is one. */
import * as fc from "fast-check";
import {
  canonicalHtml,
  htmlToText,
  showableText,
  textToHtml,
} from "../../../middleware/sync/values/html/rich-text.ts";
import { carrying } from "../../support/values/carry.ts";

const richArea = { type: "textarea", htmlFormatted: true, length: 32_768 };
const rich = carrying({ type: "RICH_TEXT" }, richArea);
const plain = carrying({ type: "RICH_TEXT" }, { type: "textarea", length: 32_768 });
const filled = carrying({ type: "LONG_TEXT" }, richArea);

test.each([
  ["<p>Don&#146;t miss &#147;Keynote&#148; &#151; &#128;50</p>", "Don’t miss “Keynote” — €50"],
  ["&copy 2026 Northlark &amp Co", "© 2026 Northlark & Co"],
  ["&nbsp;&NotEqualTilde; &Afr; &CounterClockwiseContourIntegral;", "≂̸ 𝔄 ∳"],
  ["&#x80; &#0; &#xD800; &#1114112; &bogus; &notit;", "€ \ufffd \ufffd \ufffd &bogus; ¬it;"],
  ['<a href="?a=1&copy=2&amp;b=3">x</a>', "x (?a=1&copy=2&b=3)"],
  [
    '<a href="https://docs.example.com/Shared Documents/Floor Plan.pdf">Plan</a>',
    "Plan (https://docs.example.com/Shared Documents/Floor Plan.pdf)",
  ],
  ['<b><a href="https://x.example/a b"><i>x</i>y</a></b>', "xy (https://x.example/a b)"],
  ["<pre>\nRoom  A\n  Stage\tB\n</pre>after", "Room  A\n  Stage    B\nafter"],
  ['<p style="white-space: pre-wrap">a  b\n c</p>', "a  b\n c"],
  ['<p style="white-space:pre">a  b <span style="white-space:normal">c  d</span></p>', "a  b c d"],
  ["<ol><li>a</li><li>b</li></ol>", "1. a\n2. b"],
  ['<ol start="7"><li>a</li><li value="3">b</li><li>c</li></ol>', "7. a\n3. b\n4. c"],
  ['<ol type="a" start="26"><li>a</li><li>b</li></ol>', "z. a\naa. b"],
  ['<ol style="list-style-type: upper-roman" start="4"><li>a</li></ol>', "IV. a"],
  ["<ol reversed><li>a</li><li>b</li></ol>", "2. a\n1. b"],
  ["<ol><li>a<ol type=i><li>x</li><li>y</li></ol></li><li>b</li></ol>", "1. a\n  i. x\n  ii. y\n2. b"],
  ["<ul><li>a<ol><li>x</li></ol></li></ul>", "- a\n  1. x"],
  ['Map: <img src="m.png" alt="Hall 3, booth 12">', "Map: [Hall 3, booth 12]"],
  ["a&nbsp;&nbsp; b", "a   b"],
])("%s reads %j", (html, text) => {
  expect(htmlToText(html)).toBe(text);
  expect(plain.toCampaign(html)).toBe(text);
  expect(plain.equal(html, text)).toBe(true);
}); // prettier-ignore

/** Each an edit that people see. */
test.each([
  ['<a href="https://x.example/a b">x</a>', '<a href="https://x.example/a c">x</a>'],
  ["<pre>a  b</pre>", "<pre>a b</pre>"],
  ["<pre>a\nb</pre>", "<pre>a b</pre>"],
  ['<p style="white-space:pre">a  b</p>', "<p>a b</p>"],
  ["a&nbsp;&nbsp;b", "a&nbsp;b"],
  ["<p>&nbsp;&nbsp;a</p>", "<p>a</p>"],
  ["a<br><br>b", "a<br>b"],
  ['<ol start="2"><li>a</li></ol>', "<ol><li>a</li></ol>"],
  ['<ol type="A"><li>a</li></ol>', "<ol><li>a</li></ol>"],
  ['<ol><li>a</li><li value="5">b</li></ol>', "<ol><li>a</li><li>b</li></ol>"],
  ["<ol><li>a</li></ol><ol><li>b</li></ol>", "<ol><li>a</li><li>b</li></ol>"],
  ["<ol reversed><li>a</li><li>b</li></ol>", "<ol><li>a</li><li>b</li></ol>"],
  ["<ul><li>a<ul><li>b</li></ul></li></ul>", "<ul><li>a</li><li>b</li></ul>"],
  ['<img src="m.png" alt="Hall 3">', '<img src="m.png" alt="Hall 4">'],
  ['<img src="data:image/png;base64,AA" alt="a">', '<img src="/servlet/rtaImage?eid=1" alt="b">'],
  ['<abbr title="Annual Meeting">AM</abbr>', '<abbr title="Morning">AM</abbr>'],
  ["<table><tr><td>a</td><td>b</td></tr></table>", "<table><tr><td>a</td></tr><tr><td>b</td></tr></table>"],
  ["<table><tr><td></td><td>a</td></tr></table>", "<table><tr><td>a</td><td></td></tr></table>"],
  ["<table><tr><td colspan=2>a</td></tr></table>", "<table><tr><td>a</td></tr></table>"],
  ['<span style="font-weight: bold">a</span>', "<span>a</span>"],
  ['<span style="text-decoration: line-through">a</span>', "<span>a</span>"],
  ["<q>a</q>", "a"],
  ['<iframe src="https://v.example/1"></iframe>', '<iframe src="https://v.example/2"></iframe>'],
])("%s and %s differ", (before, after) => {
  expect(rich.equal(before, after)).toBe(false);
  expect(rich.equal(after, before)).toBe(false);
}); // prettier-ignore

test.each([
  ['<p><span style="font-weight:700">a</span> b</p>', "<p><strong>a</strong> b</p>"],
  ['<ol style="list-style-type:lower-alpha"><li>a</li></ol>', "<ol type=a><li>a</li></ol>"],
  ["<p>Don&#146;t &copy 1</p>", "<p>Don’t &copy; 1</p>"],
  ["<p>a&amp;b &quot;c&quot;</p>", '<p>a&b "c"</p>'],
  ["<pre>a  b\nc</pre>", "<pre>\na  b\r\nc\n</pre>"],
])("%s shows what %s shows", (before, after) => {
  expect(rich.equal(before, after)).toBe(true);
  expect(rich.equal(after, before)).toBe(true);
});

const pieces = fc.constantFrom(
  ..."<p>|</p>|<br>|<ol>|</ol>|<ul>|</ul>|<li>|</li>|<pre>|</pre>|<b>|</b>|</a>|<td>|<tr>|<table>|\n|\t| |  |&nbsp;|a|b|&#146;|&copy |<ol start=3 type=a>|<li value=9>".split(
    "|",
  ),
  '<a href="https://x.example/a b">',
  '<img src="x.png" alt="y">',
  '<span style="white-space:pre">',
  "</span>",
);
const htmls = fc.array(pieces, { maxLength: 14 }).map((all) => all.join(""));
const texts = fc
  .array(fc.constantFrom("a", "b", " ", "  ", "\n", "\t", "\u00a0", "<", "&amp;", "- ", "1. "))
  .map((all) => all.join(""));

describe("what a comparison leaves out is what is not carried", () => {
  test("rich text to plain text", () => {
    fc.assert(
      fc.property(htmls, htmls, (one, other) => {
        const [first, second] = [plain.toCampaign(one), plain.toCampaign(other)];
        expect(plain.equal(one, first)).toBe(true);
        expect(plain.equal(other, first)).toBe(first === second);
      }),
    );
  });

  test("plain text to rich text", () => {
    fc.assert(
      fc.property(texts, texts, (one, other) => {
        const [first, second] = [filled.toCampaign(one), filled.toCampaign(other)];
        expect(filled.equal(one, first)).toBe(true);
        expect(filled.equal(other, first)).toBe(first === second);
      }),
    );
  });

  test("plain text comes back from rich text as it went", () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(htmlToText(textToHtml(showableText(text)))).toBe(showableText(text));
      }),
    );
  });

  test("rich text that compares the same reads the same", () => {
    fc.assert(
      fc.property(htmls, htmls, (one, other) => {
        const same = canonicalHtml(one) === canonicalHtml(other);
        expect(!same || htmlToText(one) === htmlToText(other)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
