import { GroupCommit } from "../../../middleware/intake/webhooks/group-commit.ts";

/** All that the event loop has ready is taken in. */
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

test("what arrives during a commit shares the next one", async () => {
  const groups: number[][] = [];
  let release: () => void = () => undefined;
  const first = new Promise<void>((resolve) => (release = resolve));
  const commits = new GroupCommit<number>(async (items) => {
    groups.push([...items]);
    if (groups.length === 1) await first;
  }, turn);
  const one = commits.add(1);
  await turn();
  const others = [2, 3].map((item) => commits.add(item));
  release();
  await Promise.all([one, ...others]);
  expect(groups).toEqual([[1], [2, 3]]);
});

test("what has arrived by then shares a commit that never pauses", async () => {
  const groups: number[][] = [];
  const commits = new GroupCommit<number>((items) => {
    groups.push([...items]);
    return Promise.resolve();
  }, turn);
  await Promise.all(
    [1, 2, 3].map(async (item) => {
      await turn();
      await commits.add(item);
    }),
  );
  expect(groups).toEqual([[1, 2, 3]]);
});

test("a failed commit fails its own group only", async () => {
  const commits = new GroupCommit<string>(
    (items) => (items.includes("bad") ? Promise.reject(new Error("disk full")) : Promise.resolve()),
    turn,
  );
  await expect(commits.add("bad")).rejects.toThrow("disk full");
  await expect(commits.add("good")).resolves.toBeUndefined();
});

test("one that can't be stored takes nobody of its group along; a store that is away is not tried for each", async () => {
  const tried: string[][] = [];
  const commits = new GroupCommit<string>((items) => {
    tried.push([...items]);
    return items.some((item) => item.startsWith("bad"))
      ? Promise.reject(new RangeError("too deep"))
      : Promise.resolve();
  }, turn);
  const outcomes = await Promise.allSettled(["good", "bad", "fine"].map((it) => commits.add(it)));
  expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);

  tried.length = 0;
  const away = await Promise.allSettled(
    Array.from({ length: 50 }, (_, nth) => commits.add(`bad ${nth}`)),
  );
  expect(away.every(({ status }) => status === "rejected")).toBe(true);
  expect(tried).toHaveLength(3);
});
