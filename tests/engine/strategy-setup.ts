// The setup of the strategy tests: an address goes through the whole engine, with the real SMTP adapter, reply rules and provider cards,
// against raw peers on loopback. Only DNS and lists are plain objects.
import { expect } from 'vitest';
import type { EngineAnswer } from '@/lib/verdict/answer';
import type { GreylistTriplet, MailHost } from '@/lib/verdict/mail-host';
import { NO_LISTS } from './fake-ports';
import { verifyAddress } from '@/worker/engine/pipeline';
import type { EnginePorts } from '@/worker/engine/ports';
import { recognizeProvider } from '@/worker/engine/providers/recognize-provider';
import { classifyReply } from '@/worker/engine/replies/classify';
import { redactReply } from '@/worker/engine/replies/redact';
import { parseRetryAfterS } from '@/worker/engine/replies/retry-after';
import { addressOf, CLOSED_PORT, smtpPort } from './smtp-setup';
import type { SmtpPortOptions } from '@/worker/adapters/smtp/smtp-deps';

export const NO_SUCH_USER = '550 5.1.1 No such user here';
export const isProbe = (to: string): boolean => to.startsWith('probe-');
/** Every name exists that a person would choose; made-up names do not. */
export const HONEST = (to: string): string => (isProbe(to) || to.startsWith('gone') ? NO_SUCH_USER : '250 2.1.5 Ok');
export const DEAD_PORT = CLOSED_PORT;

interface World {
  verify: (email: string, more?: { budgetMs?: number; triplet?: GreylistTriplet | null }) => Promise<EngineAnswer>;
  port: ReturnType<typeof smtpPort>;
}

/** One MX name per port, in order of preference; a list of ports is a host with that many addresses. */
export function worldOf(hosts: readonly (number | readonly number[])[], options: Parameters<typeof smtpPort>[0] = {}): World {
  const named = hosts.map((ports, n): MailHost => {
    const addresses = [ports].flat().map((port) => addressOf(port));
    return { name: `mx${String(n + 1)}.mail.test`, preference: (n + 1) * 10, addresses };
  });
  return worldAt(named, options);
}

export function worldAt(hosts: readonly MailHost[], options: Parameters<typeof smtpPort>[0] = {}): World {
  return worldWhere(() => hosts, options);
}

/** Every domain has a mail host with its own name, and all of them have the same address. */
export function worldOfNames(listener: number, options: Parameters<typeof smtpPort>[0] = {}): World {
  const addresses = [addressOf(listener)];
  return worldWhere((domain) => [{ name: `mx.${domain}`, preference: 10, addresses }], options);
}

function worldWhere(hostsOf: (domain: string) => readonly MailHost[], options: Partial<SmtpPortOptions>): World {
  const rules = { classify: classifyReply, parseRetryAfterS, redact: redactReply, recognizeProvider };
  const port = smtpPort({ ...rules, ...options });
  const addresses = new Map<string, readonly string[]>();
  const ports: EnginePorts = {
    clock: options.clock ?? { now: () => Date.now() },
    dns: {
      exists: () => Promise.resolve({ kind: 'found', records: ['ns.test'] }),
      mx: (domain) => {
        const hosts = hostsOf(domain);
        for (const { name, addresses: own } of hosts) addresses.set(name, own);
        return Promise.resolve({ kind: 'found', records: hosts.map(({ name, preference }) => ({ preference, exchange: name })) });
      },
      addresses: (host) => Promise.resolve({ kind: 'found', records: addresses.get(host) ?? [] }),
    },
    resolver: { isChosen: true, trustIn: () => 'proven', isInvented: () => false },
    routability: { isDialable: () => true },
    smtp: port,
    lists: NO_LISTS,
    random: () => 0,
  };
  const verify: World['verify'] = (email, { budgetMs = 8_000, triplet = null } = {}) =>
    verifyAddress({ email, deadline: ports.clock.now() + budgetMs, triplet }, ports);
  return { verify, port };
}

/** `deliverable mailbox_exists`; also checks that there is SMTP evidence for it, whatever it is. */
export function verdictOf(answer: EngineAnswer): string {
  expect(answer.evidence.filter(({ layer }) => layer === 'smtp').length).toBeGreaterThan(0);
  return `${answer.verdict.status} ${String(answer.verdict.reason)}`;
}

export const EXISTS = 'deliverable mailbox_exists';
export const NOT_FOUND = 'undeliverable mailbox_not_found';
export const BLOCKED = 'unknown probe_blocked';

export const namesOf = (count: number, prefix = 'user'): string[] =>
  Array.from({ length: count }, (_, n) => `${prefix}${String(n)}@example.com`);

/** Each verdict once, in the order of the list, with how often it was given. */
export function tallyOf(answers: readonly EngineAnswer[]): Record<string, number> {
  const tally: Record<string, number> = {};
  for (const answer of answers) tally[verdictOf(answer)] = (tally[verdictOf(answer)] ?? 0) + 1;
  return tally;
}
