import type { Transaction } from "../data/org.ts";
import type { RestContext } from "./rest-context.ts";

/** A transaction whose written records enter the statistics. */
export function transactCounted<Result>(
  context: RestContext,
  userId: string,
  work: (transaction: Transaction) => Result,
): Result {
  return context.org.transact(userId, (transaction) => {
    const result = work(transaction);
    context.stats.countWritten(transaction.written);
    return result;
  });
}
