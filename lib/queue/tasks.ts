// Names and payloads of all queue tasks. Payloads are parsed again when a job runs: old jobs outlive deploys.
import { z } from 'zod';

/** Scheduled tasks take everything from the database. */
const NOTHING = z.object({});

export const TASK_PAYLOADS = {
  /** Verify one address whose row exists; also a greylist retry of it. */
  'verify-address': z.object({ verificationId: z.string() }),
  /** One attempt of one delivery; `attempt` counts those made before it. */
  'deliver-webhook': z.object({ deliveryId: z.string(), attempt: z.int() }),
  /** Tells owners that an endpoint was switched off. */
  'mail-webhook-disabled': z.object({ workspaceId: z.string(), endpointId: z.string() }),
  /** Tells owners that few credits are left. */
  'mail-low-balance': z.object({ workspaceId: z.string() }),
  /** Read the file of a list that was received: its rows, and what they can cost. */
  'ingest-list': z.object({ listId: z.string() }),
  /** Make the chunks of a list that was started, for some seconds; then the next job goes on. */
  'plan-list': z.object({ listId: z.string() }),
  /** A turn at the fairest open chunk of any list. `token` names which of its list's tokens comes again; null: none. */
  'verify-chunk': z.object({ listId: z.string(), token: z.int().nullable() }),
  'finish-list': z.object({ listId: z.string() }),
  /** Tell whoever made the list that it ended. */
  'mail-list': z.object({ listId: z.string(), run: z.int() }),
  /** Deletes the rows of a list that is expired or gone, for some seconds; then the next job goes on. */
  'purge-list': z.object({ listId: z.string() }),
  /** Tell whoever made a list that its rows will be deleted. */
  'mail-list-expiry': z.object({ listId: z.string() }),
  /** Notices of lists whose time is nearly over, and the end of those whose time is over. */
  'expire-lists': NOTHING,
  /** Lists of a workspace that are paused for want of credits take what there is now. */
  'resume-lists': z.object({ workspaceId: z.string() }),
  'sweep-lists': NOTHING,
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
} as const;

export type TaskName = keyof typeof TASK_PAYLOADS;
export type TaskPayload<N extends TaskName> = z.infer<(typeof TASK_PAYLOADS)[N]>;

/** Lower runs first. */
export const PRIORITY = { interactive: 0, retry: 5, bulk: 10 } as const;
