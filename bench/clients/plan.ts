// The instructions for a client process, and its report.
import { z } from 'zod';

export const planSchema = z.object({
  settings: z.object({
    DNS_SERVERS: z.array(z.string()),
    SMTP_PORT: z.int(),
    SMTP_ALLOWED_PRIVATE_NETS: z.array(z.string()),
    SENDING_IDENTITIES: z.array(z.object({ address: z.string().nullable(), helo: z.string(), mail_from: z.string() })),
    MAIL_SANDBOX: z.enum(['on', 'off']),
    AUTH_SECRET: z.string().optional(),
  }),
  addresses: z.int().positive(),
  domains: z.int().positive(),
  /** All addresses of a domain follow each other. */
  sorted: z.boolean().default(false),
  /** Addresses under way at once. */
  concurrency: z.int().positive().default(5_000),
  /** Addresses of other domains, asked first and not counted, to compile the hot code as a long run would. */
  warmUp: z.int().nonnegative().default(0),
  /** For the minimal client: how many sessions the engine was seen to use. */
  sessionsADomain: z.int().positive().default(1),
  groupSize: z.int().positive().default(25),
});
export type Plan = z.infer<typeof planSchema>;
export type PlanInput = z.input<typeof planSchema>;

export const reportSchema = z.object({
  elapsedMs: z.number(),
  /** User and system time of the client process alone. */
  cpuUs: z.number(),
  peakMb: z.number(),
  /** Addresses that got a different answer than the server's. */
  wrong: z.int(),
});
export type Report = z.infer<typeof reportSchema>;

/** Domains of the warm-up begin here, so that the measured run meets none of them again. */
export const WARM_UP_DOMAIN = 10_000;
