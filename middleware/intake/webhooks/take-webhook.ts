/**
 * One webhook at the door: verified on the raw bytes, looked at, made durable, answered. What it
 * says is applied later, elsewhere (`drain.ts`).
 */
import type { IncomingMessage } from "node:http";
import type { RefusalReason } from "../../model/answers/door.ts";
import { describeError } from "../../runtime/errors.ts";
import type { OnFailpoint } from "../../runtime/failpoints.ts";
import type { Log } from "../../runtime/log.ts";
import type { InboxWriter, KeptWebhook } from "../../store/inbox/inbox.ts";
import { checkWebhook } from "./check-webhook.ts";
import { GroupCommit } from "./group-commit.ts";
import { readBody } from "./read-body.ts";
import type { Refusal } from "./refusals.ts";
import { createVerifier } from "./webhook-signature.ts";

export interface TakerParts {
  readonly tenant: string;
  /** All of them are tried: two are live while a secret is replaced. */
  readonly secrets: readonly string[];
  readonly inbox: InboxWriter;
  /** When a webhook came, in milliseconds since the epoch. */
  readonly now: () => number;
  readonly log: Pick<Log, "error">;
  readonly onFailpoint: OnFailpoint;
  /** Called when some are durable, before they are answered. */
  readonly onKept: () => void;
}

export type Outcome =
  | { readonly kind: "accepted" }
  /** `error`: in place of the usual words. */
  | {
      readonly kind: "refused";
      readonly refusal: Partial<Refusal>;
      readonly reason: RefusalReason;
      readonly error?: string;
    }
  /** The sender has gone. */
  | { readonly kind: "gone" };

/** It is kept as a key, and PostgreSQL's index takes none above some 2,700 bytes. */
const maxIdLength = 255;
/** Being written; usually a few dozen. */
const maxPending = 2_000;
/** In memory, of bodies that are being read or written. */
const maxBytes = 32 * 1_048_576;

const accepted: Outcome = { kind: "accepted" };
const refused = (
  reason: RefusalReason,
  { error, ...refusal }: Partial<Refusal> & { readonly error?: string } = {},
): Outcome => ({ kind: "refused", reason, refusal, ...(error === undefined ? {} : { error }) });

/** @param tenant of the request's address, decoded */
export type TakeWebhook = (request: IncomingMessage, tenant: string) => Promise<Outcome>;

export function createTaker(parts: TakerParts): TakeWebhook {
  const { inbox, now, log, onFailpoint } = parts;
  const verify = createVerifier(parts.secrets);
  const commits = new GroupCommit<KeptWebhook>(
    async (webhooks) => {
      await inbox.append(webhooks);
      parts.onKept();
    },
    () => new Promise((resolve) => setImmediate(resolve)),
  );
  let bytes = 0;

  const keep = async (id: string, body: Buffer): Promise<Outcome> => {
    if (inbox.isFull() || commits.pending >= maxPending) return refused("overloaded");
    onFailpoint("webhook_received");
    try {
      await commits.add({ id, receivedAt: now(), body: body.toString("utf8") });
      return accepted;
    } catch (error) {
      log.error({ error: describeError(error) }, "a webhook could not be stored");
      return refused("not_stored");
    }
  };

  const takeBody = async (request: IncomingMessage, body: Buffer): Promise<Outcome> => {
    const headers = {
      "webhook-id": headerOf(request, "webhook-id"),
      "webhook-timestamp": headerOf(request, "webhook-timestamp"),
      "webhook-signature": headerOf(request, "webhook-signature"),
    };
    // By the machine's clock, as everybody's who signs.
    const verdict = verify(body, headers, Date.now());
    if (!verdict.ok) {
      const { ok: _ok, reason, ...why } = verdict;
      return refused(reason, why);
    }
    const id = headers["webhook-id"];
    if (id.length > maxIdLength) return refused("webhook_id");
    const check = checkWebhook(body);
    if (!check.ok) return refused(check.reason, { error: check.error });
    return check.ofUse ? keep(id, body) : accepted;
  };

  return async (request, tenant) => {
    if (tenant !== parts.tenant) return refused("connection");
    if (!isJson(request)) return refused("media_type");
    if (bytes >= maxBytes) return refused("overloaded");
    // What has come counts, not what is announced: that costs a sender nothing.
    let own = 0;
    const onBytes = (count: number) => {
      own += count;
      bytes += count;
    };
    try {
      const body = await readBody(request, onBytes);
      if (body === null) return { kind: "gone" };
      return typeof body === "string" ? refused(body) : await takeBody(request, body);
    } finally {
      bytes -= own;
    }
  };
}

/** Without a body there is nothing to be of another type. */
function isJson({ headers }: IncomingMessage): boolean {
  if (headers["transfer-encoding"] === undefined && headers["content-length"] === undefined) {
    return true;
  }
  const [type = ""] = (headers["content-type"] ?? "").split(";");
  return type.trim().toLowerCase() === "application/json";
}

function headerOf({ headers }: IncomingMessage, name: string): string {
  const value = headers[name];
  return typeof value === "string" ? value : "";
}
