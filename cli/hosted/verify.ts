// `verify --hosted`: prints the same lines, made by the API, whose memory, policy, price and limits apply. A few addresses are under way at
// once, and a command that is told to wait waits. The first refusal that would meet all other addresses too ends the command.
import type { EmailVerifier, Policy, Verification } from '../../sdks/typescript/src/index';
import { TimeoutError } from '../../sdks/typescript/src/index';
import { CLI_HOSTED_CONCURRENCY } from '@/lib/platform/limits';
import { printLine } from '../lines';
import { withApi } from './client';

export interface HostedOptions {
  /** Null if the option was not given. */
  concurrency: number | null;
  /** How many seconds to wait for a pending check. */
  maxWait: number;
  policy?: Policy | undefined;
}

export function verifyHosted(addresses: AsyncGenerator<readonly string[]>, options: HostedOptions): Promise<void> {
  const { max, default: usual } = CLI_HOSTED_CONCURRENCY;
  const slots = Math.min(max, options.concurrency ?? usual);
  return withApi(async (client) => {
    const emails = oneByOne(addresses);
    // All workers take from the same source. The first one that fails ends the wait, and with it the command.
    await Promise.all(Array.from({ length: slots }, () => work(client, emails, options)));
  });
}

async function* oneByOne(addresses: AsyncGenerator<readonly string[]>): AsyncGenerator<string, undefined> {
  for await (const emails of addresses) yield* emails;
  return undefined;
}

async function work(client: EmailVerifier, emails: AsyncGenerator<string, undefined>, options: HostedOptions): Promise<void> {
  for (let next = await emails.next(); next.done !== true; next = await emails.next()) {
    await printLine(await verifyOne(client, next.value, options));
  }
}

async function verifyOne(client: EmailVerifier, email: string, { maxWait, policy }: HostedOptions): Promise<Verification> {
  const found = await client.verify(email, policy ? { policy } : {});
  if (found.status !== 'pending' || maxWait === 0) return found;
  try {
    return await client.verifications.wait(found.id, { timeoutMs: maxWait * 1_000 });
  } catch (error) {
    if (error instanceof TimeoutError) return found;
    throw error;
  }
}
