// Adds a job inside the caller's transaction. `add_job` is SQL, so the job exists exactly when the rows do.
import { z } from 'zod';
import { Pool } from 'pg';
import { Prisma } from '../db/_prisma/client';
import { databaseUrl, type Tx } from '../db/client';
import { log } from '../log';

export interface JobOptions {
  /** At most one waiting job has this key; a newer one replaces it. */
  jobKey: string;
  priority?: keyof typeof PRIORITY;
  runAt?: Date;
}

/**
 * Attempts of a job whose task throws (a bug, or the database is away). Trouble with a remote host is a value and never throws. The queue
 * waits about 3, 7, 20 and 55 s between attempts.
 */
const MAX_ATTEMPTS = 5;

export async function enqueue<N extends TaskName>(name: N, payload: TaskPayload<N>, options: JobOptions, tx: Tx): Promise<void> {
  await tx.$executeRaw`/* kept */ SELECT ${jobCall(name, payload, options)}`;
}

/** The SQL call that adds a job, for use in a larger statement. */
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

/** The queue's database, for the worker's own pool. */
const queueConnectionString = (): string => databaseUrl();

// Names and payloads of all queue tasks. Payloads are parsed again when a job runs, because old jobs outlive deploys.

/** Scheduled tasks have no payload: they read everything from the database. */
const NOTHING = z.object({});

const PAYLOADS = {
  /** Verifies one address whose row exists. Also used for its retries. */
  'verify-address': z.object({ verificationId: z.string() }),
  /** Looks up what DNS and the lists say about a domain. */
  'look-up-domain': z.object({ domain: z.string() }),
  /** One attempt at a delivery. `attempt` counts the earlier attempts. */
  'deliver-webhook': z.object({ deliveryId: z.string(), attempt: z.int() }),
  /** Tells owners that an endpoint was switched off. */
  'mail-webhook-disabled': z.object({ workspaceId: z.string(), endpointId: z.string() }),
  /** Fails what an endpoint that was switched off has not received, some at a time; then the next job continues. */
  'fail-deliveries': z.object({ workspaceId: z.string(), endpointId: z.string() }),
  /** Tells a completed list's callback of the rows without a verdict of their own, some after this row; then the next job continues. */
  'tell-other-rows': z.object({ listId: z.string(), after: z.int() }),
  /** Sends the low-balance webhooks, with the figures of that time. */
  'emit-low-balance': z.object({ workspaceId: z.string(), lowAt: z.iso.datetime(), available: z.int(), threshold: z.int() }),
  /** Sends the webhooks about a key whose budget stopped something at that time. */
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
  /** Checks whether few credits are left, once the quiet minute after a purchase is over. */
  'check-low-balance': z.object({ workspaceId: z.string() }),
  /** Reads the file of a received list: its rows, and what they can cost. */
  'ingest-list': z.object({ listId: z.string() }),
  /** Makes the chunks of a started list for some seconds; then the next job continues. */
  'plan-list': z.object({ listId: z.string() }),
  /** A turn at the fairest open chunk of any list. `token` names the token of the job's list that comes back; null if there is none. */
  'verify-chunk': z.object({ listId: z.string(), token: z.int().nullable() }),
  'finish-list': z.object({ listId: z.string() }),
  /** Tells the creator of a list that it ended. */
  'mail-list': z.object({ listId: z.string(), run: z.int() }),
  /** Tells the creator of a list that it paused for credits. */
  'mail-list-paused': z.object({ listId: z.string(), pausedAt: z.iso.datetime() }),
  /** Deletes the rows of an expired or deleted list for some seconds; then the next job continues. */
  'purge-list': z.object({ listId: z.string() }),
  /** Tells the creator of a list that its rows will be deleted. */
  'mail-list-expiry': z.object({ listId: z.string() }),
  /** Sends the notices of lists that expire soon, and ends those that have expired. */
  'expire-lists': NOTHING,
  /** Gives the available credits to lists of a workspace that are paused for lack of credits. */
  'resume-lists': z.object({ workspaceId: z.string() }),
  'sweep-lists': NOTHING,
  /** Samples the state of each component for the status page. */
  'sample-status': NOTHING,
  /**
   * Decides whether the owner's mailbox may have a workspace's first free credits. `areGiven`: the operator already gave them, so the task
   * only records the mailbox.
   */
  'give-free-credits': z.object({ workspaceId: z.string(), areGiven: z.boolean().default(false) }),
  'audit-ledgers': NOTHING,
  'grant-monthly': NOTHING,
  'expire-grants': NOTHING,
  'purge-visitors': NOTHING,
  'purge-expired': NOTHING,
  'requeue-lost': NOTHING,
  /** Handles a stored event from Stripe. */
  'handle-stripe-event': z.object({ eventId: z.string() }),
  /** Buys a pack for a workspace whose balance fell below its threshold. */
  'auto-top-up': z.object({ workspaceId: z.string() }),
  /** Ends everything that would charge a customer whose workspace was deleted. */
  'close-customer': z.object({ customerId: z.string() }),
  'billing-upkeep': NOTHING,
  /** Adapts a workspace's lists and subscription to whether the workspace is about to close. */
  'settle-closing': z.object({ workspaceId: z.string() }),
  /** Sends the reminders of scheduled account deletions, and carries out those that are due. */
  'delete-accounts': NOTHING,
  /** Sends an owed mail to the people it is owed to. */
  'mail-notice': z.object({ noticeId: z.string() }),
} as const;

export type TaskName = keyof typeof PAYLOADS;
export type TaskPayload<N extends TaskName> = z.infer<(typeof PAYLOADS)[N]>;

export const TASK_PAYLOADS: { readonly [N in TaskName]: z.ZodType<TaskPayload<N>> } = PAYLOADS;

/** Lower numbers run first. */
export const PRIORITY = { interactive: 0, retry: 5, bulk: 10 } as const;

// The connections of the worker's queue. A lost connection is a line in the log, never an uncaught exception; the queue retries by itself.

const CONNECT_TIMEOUT_MS = 5_000;
/** As in the other pool: reconnecting costs more than a statement. */
const IDLE_MS = 300_000;

export function createQueuePool(size: number): Pool {
  const pool = new Pool({
    connectionString: queueConnectionString(),
    max: size,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    idleTimeoutMillis: IDLE_MS,
    keepAlive: true,
    application_name: 'email-verifier queue',
    // The queue's own bookkeeping (taken, done) need not wait for the disk: if a database crash loses such a note, a job runs again and
    // changes nothing. Jobs are added elsewhere, together with their rows, and are durable.
    options: '-c synchronous_commit=off',
  });
  const report = (error: Error): void => log('queue').warn({ error: error.message }, 'a connection of the queue was lost');
  pool.on('error', report);
  pool.on('connect', (client) => client.on('error', report));
  return pool;
}
