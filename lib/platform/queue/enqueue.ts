// Adds a job inside the caller's transaction: `add_job` is SQL, so the job exists exactly when the rows do.
import { z } from 'zod';
import { Pool } from 'pg';
import { Prisma } from '../db/_prisma/client';
import { databaseUrl, type Tx } from '../db/client';
import { log } from '../log';

export interface JobOptions {
  /** At most one waiting job by this key; a newer one replaces it. */
  jobKey: string;
  priority?: keyof typeof PRIORITY;
  runAt?: Date;
}

/**
 * Attempts of a job whose task throws (a bug, or the database away); remote trouble is a value and never throws. The queue
 * waits about 3, 7, 20 and 55 s between them.
 */
const MAX_ATTEMPTS = 5;

export async function enqueue<N extends TaskName>(name: N, payload: TaskPayload<N>, options: JobOptions, tx: Tx): Promise<void> {
  await tx.$executeRaw`/* kept */ SELECT ${jobCall(name, payload, options)}`;
}

/** The call that adds a job, for a statement that does more. */
export const jobCall = <N extends TaskName>(name: N, payload: TaskPayload<N>, options: JobOptions): Prisma.Sql =>
  Prisma.sql`graphile_worker.add_job(
    ${name}, payload := ${JSON.stringify(payload)}::json, run_at := ${options.runAt?.toISOString() ?? null}::timestamptz,
    max_attempts := ${MAX_ATTEMPTS}, job_key := ${options.jobKey}, priority := ${PRIORITY[options.priority ?? 'interactive']})`;

/** Several jobs of one task that differ by payload and key, in one statement. */
export async function enqueueAll<N extends TaskName>(
  name: N,
  jobs: readonly { payload: TaskPayload<N>; jobKey: string }[],
  options: Pick<JobOptions, 'priority' | 'runAt'>,
  tx: Tx,
): Promise<void> {
  const payloads = jobs.map(({ payload }) => JSON.stringify(payload));
  await tx.$executeRaw`SELECT graphile_worker.add_job(
    ${name}, payload := t."payload"::json, run_at := ${options.runAt?.toISOString() ?? null}::timestamptz,
    max_attempts := ${MAX_ATTEMPTS}, job_key := t."key", priority := ${PRIORITY[options.priority ?? 'interactive']})
    FROM unnest(${payloads}::text[], ${jobs.map(({ jobKey }) => jobKey)}::text[]) AS t ("payload", "key")`;
}

/** Where the queue lives, for the worker's own pool. */
const queueConnectionString = (): string => databaseUrl();

// Names and payloads of all queue tasks. Payloads are parsed again when a job runs: old jobs outlive deploys.

/** Scheduled tasks take everything from the database. */
const NOTHING = z.object({});

export const TASK_PAYLOADS = {
  /** Verify one address whose row exists; also a greylist retry of it. */
  'verify-address': z.object({ verificationId: z.string() }),
  /** What DNS and the lists say of a domain. */
  'look-up-domain': z.object({ domain: z.string() }),
  /** One attempt of one delivery; `attempt` counts those made before it. */
  'deliver-webhook': z.object({ deliveryId: z.string(), attempt: z.int() }),
  /** Tells owners that an endpoint was switched off. */
  'mail-webhook-disabled': z.object({ workspaceId: z.string(), endpointId: z.string() }),
  /** Tells webhooks that few credits were left at that time. */
  'emit-low-balance': z.object({ workspaceId: z.string(), lowAt: z.iso.datetime(), available: z.int(), threshold: z.int() }),
  /** Tells webhooks that the budget of a key stopped something at that time. */
  'emit-budget-exceeded': z.object({
    workspaceId: z.string(),
    apiKeyId: z.string(),
    keyName: z.string(),
    month: z.string(),
    budget: z.int(),
    spent: z.int(),
    held: z.int(),
    at: z.iso.datetime(),
  }),
  /** Tells owners that few credits are left. */
  'mail-low-balance': z.object({ workspaceId: z.string() }),
  /** Look whether few credits are left, when the quiet minute after a purchase is over. */
  'check-low-balance': z.object({ workspaceId: z.string() }),
  /** Read the file of a list that was received: its rows, and what they can cost. */
  'ingest-list': z.object({ listId: z.string() }),
  /** Make the chunks of a list that was started, for some seconds; then the next job continues. */
  'plan-list': z.object({ listId: z.string() }),
  /** A turn at the fairest open chunk of any list. `token` names which of its list's tokens comes again; null: none. */
  'verify-chunk': z.object({ listId: z.string(), token: z.int().nullable() }),
  'finish-list': z.object({ listId: z.string() }),
  /** Tell the maker of the list that it ended. */
  'mail-list': z.object({ listId: z.string(), run: z.int() }),
  /** Tell the maker of the list that it paused for credits. */
  'mail-list-paused': z.object({ listId: z.string(), pausedAt: z.iso.datetime() }),
  /** Deletes the rows of a list that is expired or gone, for some seconds; then the next job continues. */
  'purge-list': z.object({ listId: z.string() }),
  /** Tell the maker of a list that its rows will be deleted. */
  'mail-list-expiry': z.object({ listId: z.string() }),
  /** Notices of lists whose time is nearly over, and the end of those whose time is over. */
  'expire-lists': NOTHING,
  /** Lists of a workspace that are paused for lack of credits take the credits that there are now. */
  'resume-lists': z.object({ workspaceId: z.string() }),
  'sweep-lists': NOTHING,
  /** Look how each component is, for the status page. */
  'sample-status': NOTHING,
  /** The first free credits of a workspace: whether its owner's mailbox may have them. `areGiven`: the operator gave them; only the
   * mailbox is to be noted. */
  'give-free-credits': z.object({ workspaceId: z.string(), areGiven: z.boolean().default(false) }),
  'audit-ledgers': NOTHING,
  'grant-monthly': NOTHING,
  'expire-grants': NOTHING,
  'purge-visitors': NOTHING,
  'purge-expired': NOTHING,
  'requeue-lost': NOTHING,
  /** Act on an event from Stripe that is stored. */
  'handle-stripe-event': z.object({ eventId: z.string() }),
  /** Buy a pack for a workspace whose balance fell below its threshold. */
  'auto-top-up': z.object({ workspaceId: z.string() }),
  /** End everything that would charge a customer whose workspace was deleted. */
  'close-customer': z.object({ customerId: z.string() }),
  'billing-upkeep': NOTHING,
  /** Lists and subscription of a workspace follow whether it is to close. */
  'settle-closing': z.object({ workspaceId: z.string() }),
  /** Reminders of accounts that are to be deleted, and their end. */
  'delete-accounts': NOTHING,
  /** Send a mail that is owed, to whom it is owed. */
  'mail-notice': z.object({ noticeId: z.string() }),
} as const;

export type TaskName = keyof typeof TASK_PAYLOADS;
export type TaskPayload<N extends TaskName> = z.infer<(typeof TASK_PAYLOADS)[N]>;

/** Lower runs first. */
export const PRIORITY = { interactive: 0, retry: 5, bulk: 10 } as const;

// The connections of the worker's queue. Promises that a lost connection is a line in the log, never an uncaught exception; the
// queue retries by itself.

const CONNECT_TIMEOUT_MS = 5_000;

export function createQueuePool(size: number): Pool {
  const pool = new Pool({
    connectionString: queueConnectionString(),
    max: size,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    application_name: 'email-verifier queue',
    // The queue's own notes (taken, done) need not wait for the disk: if a database crash loses one, a job runs again and
    // changes nothing. Jobs are added elsewhere, with the rows they belong to, and are durable.
    options: '-c synchronous_commit=off',
  });
  const report = (error: Error): void => log('queue').warn({ error: error.message }, 'a connection of the queue was lost');
  pool.on('error', report);
  pool.on('connect', (client) => client.on('error', report));
  return pool;
}
