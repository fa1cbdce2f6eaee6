// The setup of the destination tests: any number of domains whose mail hosts have different names and the same address, and a store that
// counts an hour in memory.
import type { MailHost } from '@/lib/verdict/mail-host';
import type { MailboxAnswer } from '@/worker/engine/ports';
import type { ScriptedMailHost } from '@/simulators/mail/scripted-mail-host';
import { question, smtpPort } from './smtp-setup';
import type { SmtpPortOptions } from '@/worker/adapters/smtp/smtp-deps';
import type { DestinationLimits } from '@/worker/adapters/smtp/timeouts';
import type { DestinationStore, Tally } from '@/worker/adapters/smtp/destinations/destination';

/** In no provider's zone, and used by no other domain. */
export const hostNamed = (n: number, address: string): MailHost => ({
  name: `mx.customer${String(n)}.test`,
  preference: 10,
  addresses: [address],
});

/** A port that connects to the address asked for, at this listener's port. */
export function portTo(host: ScriptedMailHost, options: Partial<SmtpPortOptions> = {}) {
  return smtpPort({ dial: (address) => ({ host: address, port: host.port, localAddress: null }), ...options });
}

type Port = ReturnType<typeof portTo>;

export const askFor = (port: Port, n: number, { address = '127.0.0.1', isSingle = false, withinMs = 60_000 } = {}) =>
  port.ask(question([hostNamed(n, address)], { domain: `customer${String(n)}.test`, isSingle, deadline: Date.now() + withinMs }));

export const askMany = (
  port: Port,
  count: number,
  how: Parameters<typeof askFor>[2] & { from?: number } = {},
): Promise<MailboxAnswer[]> => Promise.all(Array.from({ length: count }, (_, n) => askFor(port, (how.from ?? 0) + n, how)));

/** One word; `held back` if no host was asked. */
export const wordOf = ({ mailbox, catchAll }: MailboxAnswer): string => {
  if (catchAll.kind === 'undecided' && catchAll.heldBack !== undefined) return 'held back';
  if (mailbox.kind === 'reply') return mailbox.meaning;
  return mailbox.heldBack === undefined ? mailbox.failure : 'held back';
};

export const countOf = (answers: readonly MailboxAnswer[], word: string): number =>
  answers.filter((each) => wordOf(each) === word).length;

const AMPLE = { sessions: 1_000, connectionsAnHour: 100_000, recipientsAnHour: 1_000_000 };
export const boundsOf = (
  anAddress: Partial<DestinationLimits['anAddress']>,
  aNet: Partial<DestinationLimits['aNet']> = {},
): { destinations: DestinationLimits } => ({
  destinations: { anAddress: { ...AMPLE, ...anAddress }, aNet: { ...AMPLE, ...aNet } },
});

export function memoryStore(leftMs = 3_600_000): DestinationStore & { questions: number; used: Map<string, Tally> } {
  const used = new Map<string, Tally>();
  const store = {
    used,
    questions: 0,
    lease: (asks: Parameters<DestinationStore['lease']>[0]) => {
      store.questions += 1;
      const granted = asks.map(({ destination, wanted, cap }) => {
        const before = used.get(destination) ?? { connections: 0, recipients: 0 };
        const grant = {
          connections: Math.max(0, Math.min(wanted.connections, cap.connections - before.connections)),
          recipients: Math.max(0, Math.min(wanted.recipients, cap.recipients - before.recipients)),
        };
        used.set(destination, {
          connections: before.connections + grant.connections,
          recipients: before.recipients + grant.recipients,
        });
        return grant;
      });
      return Promise.resolve({ granted, leftMs });
    },
  };
  return store;
}
