// PostgreSQL's plan for a statement: which tables it reads by which index, and what it sorts.
import { z } from 'zod';
import { db } from '@/lib/platform/db/client';
import { Prisma } from '@/lib/platform/db/_prisma/client';

export interface Plan {
  'Node Type': string;
  'Relation Name'?: string | undefined;
  'Index Name'?: string | undefined;
  'Total Cost': number;
  Plans?: Plan[] | undefined;
}
const planSchema: z.ZodType<Plan> = z.lazy(() =>
  z.object({
    'Node Type': z.string(),
    'Relation Name': z.string().optional(),
    'Index Name': z.string().optional(),
    'Total Cost': z.number(),
    Plans: z.array(planSchema).optional(),
  }),
);
const explained = z.tuple([z.object({ 'QUERY PLAN': z.tuple([z.object({ Plan: planSchema })]) })]);

export async function explain(statement: Prisma.Sql): Promise<Plan> {
  const rows = await db().$queryRaw(Prisma.sql`EXPLAIN (FORMAT JSON) ${statement}`);
  return explained.parse(rows)[0]['QUERY PLAN'][0].Plan;
}

export const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];

/** Whether a table is read below this node without a LIMIT in between, so that it would be sorted as a whole. */
export const readsAll = (plan: Plan, table: string): boolean =>
  (plan.Plans ?? []).some(
    (child) => child['Node Type'] !== 'Limit' && (child['Relation Name'] === table || readsAll(child, table)),
  );

/** Sorts of a whole table. An incremental sort on an index's order is not one. */
export const wholeSorts = (plan: Plan, table: string): Plan[] =>
  nodesOf(plan).filter((node) => node['Node Type'] === 'Sort' && readsAll(node, table));
