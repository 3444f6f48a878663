/** What the demo says and where: words for people, with colours only where they are wanted. */
import { styleText } from "node:util";

export type Colour = "bold" | "cyan" | "dim" | "green" | "red" | "yellow";

export interface Screen {
  /** One line, or several. */
  readonly say: (text?: string) => void;
  readonly paint: (colour: Colour, text: string) => string;
}

/** Colours are off when piped, with `NO_COLOR` and on dumb terminals (https://no-color.org). */
export function openScreen(
  stream: NodeJS.WriteStream,
  env: Readonly<Record<string, string | undefined>>,
): Screen {
  const colours = stream.isTTY && !env["NO_COLOR"] && env["TERM"] !== "dumb";
  return {
    say: (text = "") => stream.write(`${text}\n`),
    paint: (colour, text) => (colours ? styleText(colour, text) : text),
  };
}
