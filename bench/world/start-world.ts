// Starts the servers of a benchmark in a separate process and asks them for their figures.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { z } from 'zod';
import type { EngineSettings } from '@/worker/compose';
import { HOST_KINDS } from './names';

const figuresSchema = z.object({
  smtpPort: z.int(),
  dnsServer: z.string(),
  connections: z.int(),
  connectionsAt: z.record(z.enum(HOST_KINDS), z.int()),
  bytesAt: z.record(z.enum(HOST_KINDS), z.int()),
  roundTrips: z.int(),
  transactions: z.int(),
  recipients: z.int(),
  data: z.int(),
  refusedConnections: z.int(),
  refusedAgain: z.int(),
  dnsQuestions: z.int(),
  cpuUs: z.number(),
});
export type WorldFigures = z.infer<typeof figuresSchema>;

export interface World {
  settings: EngineSettings;
  /** Since the start. */
  figures: () => Promise<WorldFigures>;
  close: () => Promise<void>;
}

/** `tls`: every host offers STARTTLS. */
export async function startWorld({ latencyMs = 0, tls = false }: { latencyMs?: number; tls?: boolean } = {}): Promise<World> {
  const child = fork(new URL('serve-world.ts', import.meta.url), [String(latencyMs), tls ? 'tls' : 'plain']);
  const { smtpPort, dnsServer } = await nextFigures(child);
  const settings: EngineSettings = {
    DNS_SERVERS: [dnsServer],
    SMTP_PORT: smtpPort,
    SMTP_ALLOWED_PRIVATE_NETS: ['127.0.0.0/8'],
    SENDING_IDENTITIES: [{ address: null, helo: 'probe.bench.test', mail_from: '' }],
    MAIL_SANDBOX: 'off',
    AUTH_SECRET: 'the-secret-of-a-benchmark',
  };
  return {
    settings,
    figures: () => {
      const figures = nextFigures(child);
      child.send('figures');
      return figures;
    },
    close: async () => {
      const exited = once(child, 'exit');
      child.disconnect();
      await exited;
    },
  };
}

async function nextFigures(child: ChildProcess): Promise<WorldFigures> {
  return figuresSchema.parse(await nextMessage(child));
}

/** The next message of a child process, unparsed. */
export function nextMessage(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve) => child.once('message', resolve));
}

const COUNTS = [
  'connections',
  'roundTrips',
  'transactions',
  'recipients',
  'data',
  'refusedConnections',
  'refusedAgain',
  'dnsQuestions',
  'cpuUs',
] as const;

/** The difference between two sets of figures. */
export function since(before: WorldFigures, after: WorldFigures): Record<(typeof COUNTS)[number], number> {
  const change = { ...after };
  for (const name of COUNTS) change[name] = after[name] - before[name];
  return change;
}
