/** People, matched by e-mail address among active users, and teams, shown by name. */
import { z } from "zod";
import { toLongId } from "../../model/records.ts";
import type { Conversion, Converted } from "./conversion.ts";
import { fail, type Route } from "./problems.ts";
import { endsOf, join, ok, type End, type Pair, type Side } from "./sides.ts";
import { campaignText, circaText, normaliseText, readText, sameEmail } from "./text.ts";

const personShape = z.object({
  email: z.string().nullish(),
  first_name: z.string().nullish(),
  last_name: z.string().nullish(),
});
const teamShape = z.object({ name: z.string().nullable() });

interface Person {
  readonly email: string | null;
  readonly name: string | null;
}

/** Circa gives a person as an object, or as an e-mail address alone. */
function readPerson(raw: unknown, trip: Route): Converted<Person | null> {
  if (raw == null) return ok(null);
  if (typeof raw === "string") {
    const email = readText(raw, trip);
    return email.ok && email.value !== null ? ok({ email: email.value, name: null }) : ok(null);
  }
  const found = personShape.safeParse(raw);
  if (!found.success || Array.isArray(raw)) {
    return fail("WRONG_SHAPE", trip, raw, { expected: { phrase: "aPerson" } });
  }
  const { email, first_name, last_name } = found.data;
  const name = normaliseText([first_name, last_name].filter(Boolean).join(" "));
  return ok({ email: normaliseText(email ?? "") || null, name: name || null });
}

const personEmail = ({ reading, writing }: End): Side<string> => ({
  ...circaText({ reading, writing }, "EMAIL"),
  read: (raw) => {
    const person = readPerson(raw, reading);
    if (!person.ok || person.value === null) return person as Converted<null>;
    return person.value.email === null
      ? fail("PERSON_WITHOUT_EMAIL", reading, raw)
      : ok(person.value.email);
  },
});

const userSide = ({ reading, writing }: End): Side<string> => ({
  read: (raw, context) => {
    const id = readText(raw, reading);
    if (!id.ok || id.value === null) return id;
    const longId = toLongId(id.value);
    if (longId === null)
      return fail("WRONG_SHAPE", reading, raw, { expected: { phrase: "aRecordId" } });
    const email = context.emailByUserId(longId);
    const reason = context.refusedPerson?.(longId) ?? null;
    if (reason !== null) return fail("USER_REFUSED", reading, raw, { reason });
    return email ? ok(email) : fail("USER_UNKNOWN", reading, raw);
  },
  write: (email, context) => {
    const reason = context.refusedPerson?.(email) ?? null;
    if (reason !== null) return fail("USER_REFUSED", writing, email, { reason });
    const id = context.activeUserIdByEmail(email.toLowerCase());
    return id === null ? fail("USER_NOT_FOUND", writing, email) : ok(id);
  },
});

/** Circa's person and a Salesforce user. */
export function pairPersonWithUser(pair: Pair): Conversion {
  const ends = endsOf(pair);
  return join(pair, {
    circa: personEmail(ends.circa),
    campaign: userSide(ends.campaign),
    same: sameEmail,
  });
}

/** Circa's e-mail address and the Salesforce user who has it. */
export function pairEmailWithUser(pair: Pair): Conversion {
  const ends = endsOf(pair);
  return join(pair, {
    circa: circaText(ends.circa, pair.circa.type),
    campaign: userSide(ends.campaign),
    same: sameEmail,
  });
}

/** Circa's person as an e-mail address. */
export function pairPersonWithEmail(pair: Pair): Conversion {
  const ends = endsOf(pair);
  return join(pair, {
    circa: personEmail(ends.circa),
    campaign: campaignText(ends.campaign, pair.campaign),
    same: sameEmail,
  });
}

/** Circa's person shown by name; by e-mail address when Circa gives no name. */
export function showPersonAsText(pair: Pair): Conversion {
  const ends = endsOf(pair);
  return join(pair, {
    circa: {
      read: (raw) => {
        const person = readPerson(raw, ends.circa.reading);
        return person.ok ? ok(person.value?.name ?? person.value?.email ?? null) : person;
      },
    },
    campaign: campaignText(ends.campaign, pair.campaign),
    same: (a, b) => a === b,
  });
}

/** The name of Circa's team, which comes as `{id, name}` or as the name alone. */
export const teamName = ({ reading }: End): Side<string> => ({
  read: (raw) => {
    if (raw == null || typeof raw === "string") return readText(raw, reading);
    const team = teamShape.safeParse(raw);
    return team.success && !Array.isArray(raw)
      ? readText(team.data.name, reading)
      : fail("WRONG_SHAPE", reading, raw, { expected: { phrase: "aTeam" } });
  },
});

export function showTeamAsText(pair: Pair): Conversion {
  const ends = endsOf(pair);
  return join(pair, {
    circa: teamName(ends.circa),
    campaign: campaignText(ends.campaign, pair.campaign),
    same: (a, b) => a === b,
  });
}
