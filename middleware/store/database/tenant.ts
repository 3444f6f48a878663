/** The tenant (one Circa workspace with one org) that a database was opened for. */
import type { DialectAdapter, QueryExecutorProvider } from "kysely";

/** By the one part of a database that its transactions share with it. */
const tenants = new WeakMap<DialectAdapter, string>();

/** Every statement through `query`, and through its transactions, is about this tenant from now on. */
export function bindTenant(query: QueryExecutorProvider, tenant: string): void {
  tenants.set(query.getExecutor().adapter, tenant);
}

/** @throws Error for a query that `bindTenant` was not called with */
export function tenantOf(query: QueryExecutorProvider): string {
  const tenant = tenants.get(query.getExecutor().adapter);
  if (tenant === undefined) throw new Error("this database was opened for no tenant");
  return tenant;
}
