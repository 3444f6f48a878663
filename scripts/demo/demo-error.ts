/** The demo can't go on. The message is for the person at the terminal and says what to do. */
export class DemoError extends Error {
  override readonly name = "DemoError";
}
