/** Pattern and Matcher over Java's syntax, as far as JavaScript can run it. */
import type { Runtime } from "../run/runtime.ts";
import { NativeValue } from "../values/native-value.ts";
import { libraryClass } from "./define.ts";
import { escapeRegex, javaRegex, javaReplacement } from "./java-regex.ts";

interface MatcherState {
  readonly pattern: string;
  text: string;
  position: number;
  found: RegExpExecArray | null;
}

const matcherInfo = libraryClass("Matcher", {
  "Boolean matches()": (rt, self: NativeValue<MatcherState>) =>
    match(rt, self.data, `^(?:${self.data.pattern})$`),
  "Boolean lookingAt()": (rt, self: NativeValue<MatcherState>) =>
    match(rt, self.data, `^(?:${self.data.pattern})`),
  "Boolean find()": (rt, self: NativeValue<MatcherState>) => {
    const state = self.data;
    const regex = javaRegex(rt, state.pattern, "g");
    regex.lastIndex = state.position;
    state.found = regex.exec(state.text);
    if (state.found) state.position = regex.lastIndex + (state.found[0] === "" ? 1 : 0);
    return state.found !== null;
  },
  "String group()": (rt, self: NativeValue<MatcherState>) => current(rt, self.data)[0],
  "String group(Integer index)": (rt, self: NativeValue<MatcherState>, index: number) =>
    current(rt, self.data)[index] ?? null,
  "Integer groupCount()": (rt, self: NativeValue<MatcherState>) =>
    (javaRegex(rt, `${self.data.pattern}|`, "").exec("")?.length ?? 1) - 1,
  "Integer start()": (rt, self: NativeValue<MatcherState>) => current(rt, self.data).index,
  "Integer end()": (rt, self: NativeValue<MatcherState>) => {
    const found = current(rt, self.data);
    return found.index + found[0].length;
  },
  "Boolean hitEnd()": (_rt, self: NativeValue<MatcherState>) => self.data.found === null,
  "String replaceAll(String replacement)": (
    rt,
    self: NativeValue<MatcherState>,
    replacement: string,
  ) => self.data.text.replace(javaRegex(rt, self.data.pattern, "g"), javaReplacement(replacement)),
  "String replaceFirst(String replacement)": (
    rt,
    self: NativeValue<MatcherState>,
    replacement: string,
  ) => self.data.text.replace(javaRegex(rt, self.data.pattern, ""), javaReplacement(replacement)),
  "Matcher reset()": (_rt, self: NativeValue<MatcherState>) => {
    self.data.position = 0;
    self.data.found = null;
    return self;
  },
});

function match(rt: Runtime, state: MatcherState, pattern: string): boolean {
  state.found = javaRegex(rt, pattern, "s").exec(state.text);
  return state.found !== null;
}

function current(rt: Runtime, state: MatcherState): RegExpExecArray {
  if (!state.found) throw rt.error("StringException", "No match found");
  return state.found;
}

const patternInfo = libraryClass("Pattern", {
  "static Pattern compile(String text)": (rt, text: string) => {
    javaRegex(rt, text, "");
    return new NativeValue(patternInfo.of(), text, (data) => data);
  },
  "static Boolean matches(String pattern, String text)": (rt, pattern: string, text: string) =>
    javaRegex(rt, `^(?:${pattern})$`, "s").test(text),
  "static String quote(String text)": (_rt, text: string) => escapeRegex(text),
  "Matcher matcher(String text)": (_rt, self: NativeValue<string>, text: string) =>
    new NativeValue<MatcherState>(matcherInfo.of(), {
      pattern: self.data,
      text,
      position: 0,
      found: null,
    }),
  "String pattern()": (_rt, self: NativeValue<string>) => self.data,
});
