import { GroupCommit } from "../../../middleware/intake/group-commit.ts";

test("what arrives during a commit shares the next one", async () => {
  const groups: number[][] = [];
  let release: () => void = () => undefined;
  const first = new Promise<void>((resolve) => (release = resolve));
  const commits = new GroupCommit<number>(async (items) => {
    groups.push([...items]);
    if (groups.length === 1) await first;
  });
  const all = [1, 2, 3].map((item) => commits.add(item));
  release();
  await Promise.all(all);
  expect(groups).toEqual([[1], [2, 3]]);
});

test("a failed commit fails its own group only", async () => {
  const commits = new GroupCommit<string>((items) =>
    items.includes("bad") ? Promise.reject(new Error("disk full")) : Promise.resolve(),
  );
  await expect(commits.add("bad")).rejects.toThrow("disk full");
  await expect(commits.add("good")).resolves.toBeUndefined();
});
