import { setImmediate } from "node:timers";

// jsdom has none, and tests wait with it for what follows an answer.
globalThis.setImmediate = setImmediate;

afterEach(() => {
  document.body.replaceChildren();
  jest.clearAllMocks();
});
