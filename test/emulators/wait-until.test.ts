import { waitUntil } from "../../emulators/wait-until.ts";

describe("waiting for an outcome", () => {
  test("answers with the first value that holds", async () => {
    let count = 0;
    const value = await waitUntil({
      wanted: "three",
      read: () => Promise.resolve((count += 1)),
      holds: (seen) => seen === 3,
      everyMs: 0,
    });
    expect(value).toBe(3);
  });

  test("goes on while reading fails", async () => {
    const answers = [() => Promise.reject(new Error("not yet")), () => Promise.resolve("there")];
    const read = () => (answers.shift() ?? (() => Promise.resolve("late")))();
    await expect(waitUntil({ wanted: "it", read, holds: () => true, everyMs: 0 })).resolves.toBe(
      "there",
    );
  });

  test("in vain says what was wanted and what was seen last", async () => {
    const read = () => Promise.resolve({ "Lead Goal": 240 });
    await expect(
      waitUntil({ wanted: "a goal of 275", read, holds: () => false, deadlineMs: 0 }),
    ).rejects.toThrow('Waited 0 s for a goal of 275; last seen: {"Lead Goal":240}');
  });

  test("in vain says why it could not be read", async () => {
    const read = () => Promise.reject(new Error("connection refused"));
    await expect(
      waitUntil({ wanted: "an answer", read, holds: () => true, deadlineMs: 0 }),
    ).rejects.toThrow("last seen: connection refused");
  });
});
