// The setup of the SMTP contract tests: hosts at made-up public addresses that a dial route maps to loopback ports, short timeouts, and a
// classifier of a dozen lines, so that the tests cover the dialogue and not the rules.
import { afterEach } from 'vitest';
import type { MailHost, SendingIdentity } from '@/lib/verdict/mail-host';
import type { MailboxAnswer, MailboxQuestion } from '@/worker/engine/ports';
import { createMemoryCatchAllStore } from '@/worker/adapters/smtp/catch-all/catch-all';
import { createSmtpPort } from '@/worker/adapters/smtp/create-smtp-port';
import type { ProbeName } from '@/worker/adapters/smtp/catch-all/catch-all';
import { startMailHost, type MailHostScript, type ScriptedMailHost } from '@/simulators/mail/scripted-mail-host';
import type { DialRoute, Judgement, JudgedReply } from '@/worker/adapters/smtp/ports';
import type { SmtpPortOptions } from '@/worker/adapters/smtp/smtp-deps';
import type { SmtpTimeouts } from '@/worker/adapters/smtp/timeouts';

export const QUICK: SmtpTimeouts = {
  connectMs: 2_000,
  greetingMs: 2_000,
  lateGreetingMs: 4_000,
  heloMs: 2_000,
  starttlsMs: 2_000,
  mailMs: 2_000,
  rcptMs: 2_000,
  pipelineMs: 2_000,
  quitMs: 100,
  idleMs: 300,
  extraSessionMs: 50,
  idleSessionMs: 20,
  slowAfterMs: 500,
  healthSyncMs: 20,
  healthFirstMs: 1_000,
  hearingMs: 1_000,
};
export const IDENTITY: SendingIdentity = { address: null, helo: 'checker.example', mailFrom: '' };

const WORDS: readonly (readonly [RegExp, Judgement['meaning']])[] = [
  [/greylist/i, 'greylisted'],
  [/blocked/i, 'sender_blocked'],
  [/sender|helo|starttls|tls/i, 'sender_rejected'],
  [/no such user|user unknown/i, 'mailbox_not_found'],
  [/disabled/i, 'mailbox_disabled'],
  [/over quota/i, 'mailbox_full'],
  [/not hosted here/i, 'domain_not_hosted'],
  [/relay/i, 'relay_denied'],
  [/too many/i, 'rate_limited'],
  [/try (again )?later|busy/i, 'temporary_failure'],
];

export function classifyByWords({ code, text }: JudgedReply): Judgement {
  if (code < 300) return { meaning: 'accepted', rule: 'test-accepted' };
  const found = WORDS.find(([pattern]) => pattern.test(text));
  return found === undefined ? { meaning: 'ambiguous', rule: null } : { meaning: found[1], rule: `test-${found[1]}` };
}

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});
/** Closes after the test, last opened first. */
export const closeAfterwards = (close: () => Promise<void>): void => void closers.push(close);

/** A made-up public address for each port, each in a different network. */
const ports = new Map<string, number>();
let lastAddress = 0;
/** The port of an address where nothing listens. */
export const CLOSED_PORT = 1;

export function addressOf(port: number): string {
  lastAddress += 1;
  const address = `9.${String(lastAddress >> 8)}.${String(lastAddress & 255)}.9`;
  ports.set(address, port);
  return address;
}

export async function mailHost(script: MailHostScript, at?: string): Promise<ScriptedMailHost> {
  const host = await startMailHost(script, at);
  closeAfterwards(host.close);
  return host;
}

export const hostAt = (port: number, name = `mx${String(port)}.test`, preference = 10): MailHost => ({
  name,
  preference,
  addresses: [addressOf(port)],
});

/** Names that every test recognizes: the same for a domain and a shape, like those of the product. */
function probeNames(): ProbeName {
  const known = new Map<string, string>();
  return (domain, shape) => {
    const key = `${shape} ${domain}`;
    const name = known.get(key) ?? `probe-${shape === 'human' ? 'human-' : ''}${String(known.size + 1)}`;
    known.set(key, name);
    return name;
  };
}

export const dialLoopback: DialRoute = (address) => ({
  host: '127.0.0.1',
  port: ports.get(address) ?? CLOSED_PORT,
  localAddress: null,
});

export function smtpPort(options: Partial<SmtpPortOptions> = {}) {
  const { timeouts, ...others } = options;
  const port = createSmtpPort({
    identities: [IDENTITY],
    dial: dialLoopback,
    routability: { isDialable: () => true },
    clock: { now: () => Date.now() },
    randomName: probeNames(),
    classify: classifyByWords,
    parseRetryAfterS: (text) => (/(\d+) seconds/.exec(text)?.[1] === undefined ? null : Number(/(\d+) seconds/.exec(text)?.[1])),
    redact: (text, { address }) => text.replaceAll(address, '<address>'),
    recognizeProvider: () => null,
    catchAll: createMemoryCatchAllStore(),
    ...others,
    timeouts: { ...QUICK, ...timeouts },
  });
  closeAfterwards(() => port.close());
  return port;
}

export function question(hosts: readonly MailHost[], more: Partial<MailboxQuestion> = {}): MailboxQuestion {
  return {
    localPart: 'alice',
    domain: 'example.test',
    needsSmtpUtf8: false,
    hosts,
    provider: null,
    deadline: Date.now() + 5_000,
    triplet: null,
    ...more,
  };
}

/** Alice and Bob exist; no one else does. */
export const ALICE_AND_BOB = (to: string): string => (/^(alice|bob)@/.test(to) ? '250 2.1.5 Ok' : '550 5.1.1 No such user');

/** The mailbox's outcome in one word. */
export const wordOf = ({ mailbox }: MailboxAnswer): string => (mailbox.kind === 'reply' ? mailbox.meaning : mailbox.failure);
export const probesOf = ({ asked }: ScriptedMailHost): string[] => asked.filter((to) => to.startsWith('probe-'));
