import { timingSafeEqual, createHash } from "node:crypto";
import type { RequestHandler } from "express";

/** Lets only requests with `Authorization: Bearer <ADMIN_TOKEN>` through. */
export function requireAdmin(adminToken: string): RequestHandler {
  // Compared as digests: they have one length, so the comparison tells nothing.
  const expected = digest(`Bearer ${adminToken}`);
  return (request, response, next) => {
    if (timingSafeEqual(digest(request.get("authorization") ?? ""), expected)) {
      next();
      return;
    }
    response
      .status(401)
      .set("www-authenticate", "Bearer")
      .json({ error: "Send Authorization: Bearer with the value of ADMIN_TOKEN." });
  };
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
