// Puts the SMTP adapter together. The port asks mail hosts about mailboxes and never sends mail; `close` ends every connection
// with QUIT where the host still listens.
import type { SmtpPort } from '@/worker/engine/ports';
import { CatchAll } from './catch-all/catch-all';
import { MailHosts } from './host/host';
import { MailboxQuestions } from './mailbox-questions';
import { createMemorySendingHealthStore } from './reputation/reputation';
import type { SmtpDeps, SmtpPortOptions } from './smtp-deps';
import { UnclearWords } from './unclear-words';
import { SMTP_LIMITS, SMTP_TIMEOUTS } from './timeouts';

export const SMTP_DEFAULT_PORT = 25;

export function createSmtpPort(options: SmtpPortOptions): SmtpPort & { close(): Promise<void> } {
  const deps: SmtpDeps = {
    ...options,
    port: options.port ?? SMTP_DEFAULT_PORT,
    health: options.health ?? createMemorySendingHealthStore(options.clock),
    destinations: options.destinations ?? null,
    isUnbounded: options.isUnbounded ?? (() => false),
    dial: options.dial ?? ((host, port, localAddress) => ({ host, port, localAddress })),
    timeouts: { ...SMTP_TIMEOUTS, ...options.timeouts },
    limits: { ...SMTP_LIMITS, ...options.limits },
  };
  if (deps.identities.length === 0) throw new Error('at least one sending identity is needed');
  const hosts = new MailHosts(deps);
  const catchAll = new CatchAll(deps);
  return new MailboxQuestions({ deps, hosts, catchAll, unclear: new UnclearWords({ deps, hosts, catchAll }) });
}
