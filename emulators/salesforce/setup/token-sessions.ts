import { randomBytes } from "node:crypto";

/** The access tokens that are good at the moment. */
export class TokenSessions {
  private readonly users = new Map<string, string>();
  private readonly revocationListeners = new Set<(token: string) => void>();

  constructor(private readonly orgId15: string) {}

  /** A token of the form that Salesforce gives: org Id, `!`, secret. */
  issue(userId: string): string {
    const token = `${this.orgId15}!AQ${randomBytes(48).toString("base64url").replaceAll("-", ".")}`;
    this.users.set(token, userId);
    return token;
  }

  /** Makes a token good that was given out before, as after a start-over. */
  restore(token: string, userId: string): void {
    this.users.set(token, userId);
  }

  userIdOf(token: string | null): string | null {
    return token === null ? null : (this.users.get(token) ?? null);
  }

  onRevoked(listener: (token: string) => void): void {
    this.revocationListeners.add(listener);
  }

  /** Ends all sessions of a user, or of all users. */
  revoke(userId?: string): number {
    const tokens = [...this.users].filter(([, user]) => userId === undefined || user === userId);
    for (const [token] of tokens) this.revokeToken(token);
    return tokens.length;
  }

  revokeToken(token: string): void {
    if (!this.users.delete(token)) return;
    for (const listener of this.revocationListeners) listener(token);
  }
}

/** The token of an Authorization header: `Bearer` or `OAuth`. */
export function tokenOf(header: string | undefined): string | null {
  return /^(?:Bearer|OAuth)\s+(.+)$/i.exec(header ?? "")?.[1] ?? null;
}
