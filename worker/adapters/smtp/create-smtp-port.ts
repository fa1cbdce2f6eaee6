// Puts the SMTP adapter together. The port asks mail hosts about mailboxes and never sends mail; `close` ends every connection
// with QUIT where the host still listens.
import type { SmtpPort } from '@/worker/engine/ports';
import { Destinations } from './destinations/destinations';
import { MailboxQuestions } from './mailbox-questions';
import { SharedHealth } from './reputation/shared-health';
import { createMemorySendingHealthStore } from './reputation/sending-health-store';
import { HostMemory } from './host/host-memory';
import { Doubt } from './doubt/doubt';
import { MailHosts } from './host/host';
import { IdentityRest } from './reputation/identity-rest';
import { Pace } from './reputation/pace';
import { CatchAll } from './catch-all/catch-all';
import { SessionPool } from './host/session-pool';
import type { SmtpDeps, SmtpPortOptions } from './smtp-deps';
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
  const { clock, identities, limits, timeouts } = deps;
  const { memoryEntries, sessionsInAll } = limits;
  const pool = new SessionPool(timeouts.idleMs);
  const health = new SharedHealth({
    store: deps.health,
    identities,
    clock,
    syncMs: timeouts.healthSyncMs,
    firstMs: timeouts.healthFirstMs,
    maxEntries: memoryEntries,
  });
  const hosts = new MailHosts({
    deps,
    pool,
    sockets: pool,
    memory: new HostMemory(clock, memoryEntries),
    health,
    destinations: new Destinations({
      limits: limits.destinations,
      store: deps.destinations,
      isUnbounded: deps.isUnbounded,
      recogniseProvider: deps.recogniseProvider,
      workers: () => health.workers,
      makeRoom: (isInTheWay) => {
        pool.makeRoom(({ setting }) => setting.stay !== null && isInTheWay(setting.stay.destination));
      },
      clock,
      maxEntries: memoryEntries,
    }),
    pace: new Pace({
      clock,
      sessionsInAll,
      slowAfterMs: timeouts.slowAfterMs,
      makeRoom: (isGivingWay) => {
        pool.makeRoom(isGivingWay);
      },
    }),
    rest: new IdentityRest(clock, memoryEntries),
    doubt: new Doubt({ clock, redact: deps.redact, aloneMs: timeouts.hearingMs }, memoryEntries),
  });
  const questions = new MailboxQuestions({ deps, hosts, health, catchAll: new CatchAll(deps) });
  return { ask: (question) => questions.ask(question), close: () => questions.close() };
}
