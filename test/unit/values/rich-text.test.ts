import {
  canonicalHtml,
  htmlToText,
  textToHtml,
} from "../../../middleware/sync/values/html/rich-text.ts";
import { carrying } from "../../support/values/carry.ts";

const richArea = { type: "textarea", htmlFormatted: true, length: 1000 };
const rich = carrying({ type: "RICH_TEXT" }, richArea);

describe("rich text", () => {
  test.each([
    ["<p><strong>Hi</strong> all</p>", '<p><b>Hi</b> all</p>'],
    ["<b><i>x</i></b>", "<i><b>x</b></i>"],
    ["<p>a</p><p>b</p>", "a<br>b"],
    ["<p>a</p>", "a"],
    ["<b>a </b>b", "<b>a</b> b"],
    ['<a href="https://x.example/?a=1&amp;b=2">x</a>', "<A target='_blank' HREF=https://x.example/?a=1&b=2>x</A>"],
    ["caf&eacute; &ndash; 5&nbsp;&euro; &#x2713; &#39;", "café – 5 € ✓ '"],
    ['<p style="color: red"><span class="x">a</span></p>', "<p>a</p>"],
    ["<p>a</p><p>&nbsp;</p><p><br></p>", "<p>a</p>"],
    ["<!-- note --><p>a</p><script>b()</script><style>c{}</style>", "a"],
    ["<ul><li>a<li>b</ul>", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"],
    ['<img src="data:image/png;base64,AAAA">', '<img src="https://org.example/servlet/rtaImage?eid=1">'],
    ["", "<p></p>"],
    [null, "<br>"],
    ["1 < 2 & 3", "1 &lt; 2 &amp; 3"],
  ])("%j shows what %j shows", (circa, campaign) => {
    expect(rich.equal(circa, campaign)).toBe(true);
    expect(rich.equal(campaign, circa)).toBe(true);
  }); // prettier-ignore

  test.each([
    ["<b>a</b>", "a"],
    ["<ul><li>a</li></ul>", "<ol><li>a</li></ol>"],
    ["<p>a b</p>", "<p>ab</p>"],
    ["a<br>b", "a b"],
    ['<a href="https://x.example/1">x</a>', '<a href="https://x.example/2">x</a>'],
    ["<h1>a</h1>", "<h2>a</h2>"],
    ["<ul><li>a</li><li>b</li></ul>", "<ul><li>a<br>b</li></ul>"],
    ["&lt;b&gt;", "<b>"],
    ['<img src="https://x.example/1.png">', null],
  ])("%j and %j differ", (circa, campaign) => expect(rich.equal(circa, campaign)).toBe(false));

  test("is carried as it is, and must fit with its markup", () => {
    expect(rich.toCampaign(' <p class="x">Hi</p> ')).toBe('<p class="x">Hi</p>');
    expect(rich.toCirca("<p>Hi</p>")).toBe("<p>Hi</p>");
    const short = carrying({ type: "RICH_TEXT" }, { ...richArea, length: 10 });
    expect(short.toCampaign("<p>1234</p>")).toEqual({ problem: "VALUE_TOO_LONG" });
    expect(rich.toCampaign("<p> </p>")).toBeNull();
  });

  test.each([
    "<",
    "<a",
    "<a href='",
    "</",
    "<!--",
    "<b><i></b>x</i></p>",
    "&#0;&#xd800;&bogus;",
    "<li>",
  ])("broken markup %j is read as far as it goes", (html) =>
    expect(typeof canonicalHtml(html)).toBe("string"),
  );

  test("hostile markup is read in a time that grows with its length", () => {
    const pieces = [
      '<a b="',
      "<",
      "<!--",
      "<script>",
      "&#",
      "<b>x",
      "<a href=x>y",
      "</p><p",
      "<ul>x<br>",
    ];
    for (const piece of [...pieces, "<li><ul>", "<b> </b>", "</ul>", "<td", "<a x='"]) {
      const html = `${piece.repeat(40_000)}x`;
      expect(typeof canonicalHtml(html)).toBe("string");
      expect(typeof htmlToText(html)).toBe("string");
    }
  });
});

describe("rich text as plain text", () => {
  test.each([
    ["<p>One</p><p>Two</p>", "One\nTwo"],
    ["One<br><br>Two", "One\n\nTwo"],
    ["<ul><li>a</li><li>b</li></ul>", "- a\n- b"],
    ['See <a href="https://x.example">the site</a>.', "See the site (https://x.example)."],
    ['<a href="https://x.example">https://x.example</a>', "https://x.example"],
    ['<a href="mailto:a@x.example">a@x.example</a>', "a@x.example"],
    ["<b>a</b> &amp; <i>b</i>", "a & b"],
    ["<p>  a \n  b </p>", "a b"],
    ['<img src="x.png">', ""],
  ])("%j reads %j", (html, text) => expect(htmlToText(html)).toBe(text));

  test.each([
    "a",
    "a\nb",
    "a\n\nb",
    '1 < 2 & "3"',
    "a   b",
    "x\n  indented",
    "<b>no markup</b>",
    "O'Hara",
  ])("plain text %j survives as HTML", (text) => expect(htmlToText(textToHtml(text))).toBe(text));

  test("a fixed blank is written out, so that its length is the same each way", () => {
    expect(textToHtml("a\u00a0b")).toBe("a&nbsp;b");
  });

  test("a plain text area gets the words; formatting alone makes no difference", () => {
    const plain = carrying({ type: "RICH_TEXT" }, { type: "textarea", length: 1000 });
    expect(plain.toCampaign("<p>One</p><p><b>Two</b></p>")).toBe("One\nTwo");
    expect(plain.equal("<p>One</p><p><b>Two</b></p>", "One\r\nTwo")).toBe(true);
    expect(plain.equal("<p>One</p>", "Two")).toBe(false);
    expect(plain.toCirca("1 < 2\nyes")).toBe("1 &lt; 2<br>yes");
  });

  test("plain text of Circa can fill a rich text area", () => {
    const filled = carrying({ type: "LONG_TEXT" }, richArea);
    expect(filled.toCampaign("a & b\nc")).toBe("a &amp; b<br>c");
    expect(filled.toCirca("<p>a &amp; <b>b</b></p><p>c</p>")).toBe("a & b\nc");
    expect(filled.equal("a & b\nc", "<p>a &amp; b</p><p>c</p>")).toBe(true);
  });
});
