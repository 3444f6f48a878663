import { timingSafeEqual, createHash } from "node:crypto";
import type { RequestHandler } from "express";
import { doorAnswers } from "../model/answers/door.ts";
import type { Clock } from "../runtime/clock.ts";

/** Wrong ones of a minute that are answered at once: a person mistypes. */
const promptAnswers = 10;
const minuteMs = 60_000;
const delayMs = 1_000;
/** Answers held back at once; who sends more at a time is sent away. */
const maxDelayed = 50;

export interface AdminParts {
  readonly adminToken: string;
  readonly clock: Clock;
  readonly onRefused: (status: number) => void;
}

/**
 * Lets only requests with `Authorization: Bearer <ADMIN_TOKEN>` through. Guessing is slowed down;
 * the right token never waits for those who guess.
 */
export function requireAdmin({ adminToken, clock, onRefused }: AdminParts): RequestHandler {
  // Compared as digests: they have one length, so the comparison tells nothing.
  const expected = digest(`Bearer ${adminToken}`);
  let wrong = { since: clock.now(), count: 0 };
  let delayed = 0;
  return async (request, response, next) => {
    if (timingSafeEqual(digest(request.get("authorization") ?? ""), expected)) {
      next();
      return;
    }
    if (Math.abs(clock.now() - wrong.since) > minuteMs) wrong = { since: clock.now(), count: 0 };
    wrong.count += 1;
    const isGuessing = wrong.count > promptAnswers;
    const { error } = doorAnswers.admin_token;
    const status = isGuessing && delayed >= maxDelayed ? 429 : doorAnswers.admin_token.status;
    onRefused(status);
    if (status === 429) {
      response.set({ "retry-after": "60", connection: "close" });
      response.status(status).json({ error: "Too many wrong admin tokens." });
      return;
    }
    if (isGuessing) {
      delayed += 1;
      await clock.sleep(delayMs);
      delayed -= 1;
    }
    response.status(status).set("www-authenticate", "Bearer").json({ error });
  };
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
