import { z } from "zod";
import { wholeSecond } from "../data/convert-time.ts";
import type { ControlContext } from "./control-context.ts";
import { seedRecords } from "../setup/seed-records.ts";
import { NoSuchThing } from "./setup-changes.ts";

export const userChange = z.strictObject({
  username: z.string(),
  active: z.boolean().optional(),
  email: z.string().optional(),
  /** For a user who is not there yet. */
  firstName: z.string().optional(),
  lastName: z.string().optional(),
});

/** Deactivates a user or changes the e-mail address; adds the user when there is none. */
export function changeUser(
  context: ControlContext,
  change: z.infer<typeof userChange>,
): { id: string } {
  const { org } = context;
  const user = [...org.store.rows("User")].find((row) => row.Username === change.username);
  if (!user) return { id: addUser(context, change) };
  const after = {
    ...user,
    IsActive: change.active ?? user.IsActive ?? true,
    Email: change.email ?? user.Email ?? null,
    SystemModstamp: wholeSecond(org.now()),
  };
  org.store.put("User", after);
  org.store.commit();
  if (after.IsActive === false) context.tokens.revoke(user.Id);
  return { id: user.Id };
}

function addUser(context: ControlContext, change: z.infer<typeof userChange>): string {
  const { username: Username, lastName, firstName: FirstName = null } = change;
  if (lastName === undefined) {
    throw new NoSuchThing(`There is no user ${Username}; a new one needs a lastName.`);
  }
  const user = {
    Username,
    FirstName,
    LastName: lastName,
    Email: change.email ?? Username,
    IsActive: change.active ?? true,
  };
  const seeded = seedRecords(context.org, context.identity.person.userId, { users: [user] });
  return seeded.users[0] ?? "";
}
