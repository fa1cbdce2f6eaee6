// Who runs this installation, and what they see of it: queue, sending health, workers, DNS resolver. An operator is a person whose address
// is listed in OPERATOR_EMAILS; in local mode, if nobody is listed, the first account. Everybody else is refused, and in production
// everybody until somebody is listed. An address that was only claimed at sign-up has no account, so it gives no access. The reads below
// are for operators: the caller must have checked that.
import { z } from 'zod';
import { env } from '@/lib/platform/env';
import type { ResolverTrouble } from '@/lib/verdict/health';
import {
  HEALTH_STATES,
  type HealthFilter,
  type HealthPage,
  type IdentityHealthView,
  type TaskQueueView,
  type WorkersView,
  type WorkerView,
} from './rules';
import {
  countHealthStates,
  countJobsByTask,
  findFirstUserId,
  findResolverTrouble,
  type HealthPlace,
  type HealthRow,
  listHealthIdentities,
  listHealthRows,
  listWorkerRows,
  type WorkerRow,
} from './store';

interface Person {
  userId: string;
  email: string;
}

/**
 * Who is told that this installation's DNS resolver is wrong. The people who run the installation are always told, in detail: operators,
 * and in local mode everybody. Customers and visitors are told in their own terms, and only if it changes their answers: not about a
 * private resolver that the operator chose.
 */
export type ResolverNotice = { audience: 'operator'; trouble: ResolverTrouble } | { audience: 'customer' };

const WORKERS_MAX = 500;
const HEALTH_PAGE_SIZE = 50;
const IDENTITIES_MAX = 200;

const nameSchema = z.string().max(1_000);
const placeSchema = z.tuple([z.enum(HEALTH_STATES), z.int().min(0).max(2_147_483_647), nameSchema, nameSchema]);

export async function isOperator({ userId, email }: Person): Promise<boolean> {
  const { APP_MODE, OPERATOR_EMAILS: listed } = env();
  if (listed.length > 0) return listed.some((operator) => operator.toLowerCase() === email.toLowerCase());
  return APP_MODE === 'local' && (await findFirstUserId()) === userId;
}

/** The queue by task: what is running, waiting, due later and permanently failed. */
export async function getQueue(): Promise<TaskQueueView[]> {
  const rows = await countJobsByTask();
  return rows.map(({ waitingSince, nextAt, ...row }) => ({
    ...row,
    waitingSince: waitingSince?.toISOString() ?? null,
    nextAt: nextAt?.toISOString() ?? null,
  }));
}

/**
 * How each sending identity is doing at each provider, worst first, with the count of each state. The cursor is a position in the order,
 * not a row's id: rows change state between two pages, and the next page still continues after that position. A cursor that is not
 * understood gives the first page.
 */
export async function listIdentityHealth(filter: HealthFilter & { cursor?: string | undefined } = {}): Promise<HealthPage> {
  const { cursor, state, ...who } = filter;
  const [rows, states, identities] = await Promise.all([
    listHealthRows({ ...who, state, after: readHealthCursor(cursor), take: HEALTH_PAGE_SIZE + 1 }),
    countHealthStates(who),
    listHealthIdentities(IDENTITIES_MAX),
  ]);
  const page = rows.slice(0, HEALTH_PAGE_SIZE);
  const last = page.at(-1);
  const counts = { resting: 0, trial: 0, slowed: 0, working: 0 };
  for (const { state: name, count } of states) counts[name] = count;
  return {
    items: page.map(toHealthView),
    nextCursor: rows.length > HEALTH_PAGE_SIZE && last ? writeHealthCursor(last) : null,
    counts,
    identities,
  };
}

/** Live workers, and those that went silent without shutting down properly. */
export async function listWorkers(): Promise<WorkersView> {
  const rows = await listWorkerRows(WORKERS_MAX);
  return {
    alive: rows.filter(({ isAlive }) => isAlive).map(toWorkerView),
    silent: rows.filter(({ isAlive }) => !isAlive).map(toWorkerView),
  };
}

/** Null if all is well, or if no live worker knows. */
export async function findResolverNotice({ isOperator }: { isOperator: boolean }): Promise<ResolverNotice | null> {
  const trouble = await findResolverTrouble();
  if (trouble === null) return null;
  if (isOperator || env().APP_MODE === 'local') return { audience: 'operator', trouble };
  return trouble.isChosen ? null : { audience: 'customer' };
}

const toHealthView = ({ slowedAt, windowAt, restsUntil, lastRefusalAt, ...row }: HealthRow): IdentityHealthView => ({
  ...row,
  slowedAt: slowedAt?.toISOString() ?? null,
  windowAt: windowAt.toISOString(),
  restsUntil: restsUntil?.toISOString() ?? null,
  lastRefusalAt: lastRefusalAt?.toISOString() ?? null,
});

const writeHealthCursor = ({ state, refused, identity, provider }: HealthPlace): string =>
  Buffer.from(JSON.stringify([state, refused, identity, provider])).toString('base64url');

function readHealthCursor(cursor: string | undefined): HealthPlace | undefined {
  try {
    const place = placeSchema.safeParse(JSON.parse(Buffer.from(cursor ?? '', 'base64url').toString('utf8')));
    if (!place.success) return undefined;
    const [state, refused, identity, provider] = place.data;
    // PostgreSQL text cannot contain a zero byte.
    return `${identity}${provider}`.includes('\0') ? undefined : { state, refused, identity, provider };
  } catch {
    return undefined;
  }
}

const toWorkerView = ({ workerId, host, pid, startedAt, beatAt, silentS, jobs }: WorkerRow): WorkerView => ({
  workerId,
  host,
  pid,
  startedAt: startedAt.toISOString(),
  beatAt: beatAt.toISOString(),
  silentS,
  jobs,
});
