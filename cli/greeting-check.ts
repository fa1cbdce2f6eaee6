// Checks whether a mail host accepts a connection from one of this machine's addresses. Tries the hosts' addresses in turn until one
// greets, sends QUIT right after the greeting, and otherwise returns the most telling failure as a sentence.
import { isIPv4 } from 'node:net';
import type { MailHost } from '@/lib/verdict/mail-host';
import { dialWire, Wire, type WireEvent } from '@/worker/adapters/smtp/wire/wire';

const CONNECT_TIMEOUT_MS = 5_000;
/** Some hosts delay their greeting on purpose. */
const GREETING_TIMEOUT_MS = 20_000;
const QUIT_TIMEOUT_MS = 500;
const WAYS_MAX = 4;
const WORDS_MAX_CHARS = 200;

export interface GreetingQuestion {
  hosts: readonly MailHost[];
  port: number;
  /** Null for the default route. */
  from: string | null;
}
interface Outcome {
  ok: boolean;
  detail: string;
}

export async function checkGreeting({ hosts, port, from }: GreetingQuestion): Promise<Outcome> {
  const ways = hosts.flatMap(({ addresses }) => addresses).filter((address) => from === null || isIPv4(address) === isIPv4(from));
  if (ways.length === 0)
    return { ok: false, detail: `None of the mail hosts has an address that ${from ?? 'this machine'} can reach.` };
  let first: Outcome | null = null;
  for (const host of ways.slice(0, WAYS_MAX)) {
    const event = await askForGreeting({ host, port, localAddress: from });
    if (event.kind === 'replies') {
      const [reply] = event.replies;
      if (reply !== undefined) return judgeGreeting(reply);
      continue;
    }
    if (event.detail === 'EADDRNOTAVAIL') return { ok: false, detail: `The address ${from ?? host} is not on this machine.` };
    first ??= { ok: false, detail: sayFailure(event, `${host} port ${port}`) };
  }
  return first ?? { ok: false, detail: 'No mail host was asked.' };
}

async function askForGreeting(target: { host: string; port: number; localAddress: string | null }): Promise<WireEvent> {
  const wire = await dialWire(target, CONNECT_TIMEOUT_MS, () => undefined);
  if (!(wire instanceof Wire)) return wire;
  const greeting = await wire.next(GREETING_TIMEOUT_MS);
  wire.send([{ verb: 'QUIT' }]);
  await wire.next(QUIT_TIMEOUT_MS);
  wire.destroy();
  return greeting;
}

function judgeGreeting({ code, text }: { code: number; text: string }): Outcome {
  const words = `${code} ${text.replaceAll('\n', ' ')}`.slice(0, WORDS_MAX_CHARS);
  return code === 220 ? { ok: true, detail: words } : { ok: false, detail: `The mail host refuses this machine: ${words}` };
}

function sayFailure({ failure, detail }: Extract<WireEvent, { kind: 'failure' }>, where: string): string {
  if (failure === 'connect_failed') return `${where} can't be reached (${detail}). Many networks block outgoing mail ports.`;
  if (failure === 'smtp_protocol_error') return `What answers at ${where} is not a mail host (${detail}).`;
  return `${where} can be reached but sends no greeting (${detail}).`;
}
