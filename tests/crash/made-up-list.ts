// The list of a crash test, as a file: rows over the sandbox's mail hosts, with everything that makes a list hard. Greylisted rows wait in
// the middle of it, hosts hang up, domains do not exist, rows are duplicates or hold no address.
import { sandboxDomain, type SandboxBehavior } from '@/lib/verdict/sandbox-catalog';
import { pick, type Random } from './random';

/** Each host is asked less than its hourly cap, whatever is asked again after a kill. */
const HOSTS: readonly [SandboxBehavior, ...SandboxBehavior[]] = [
  'deliverable',
  'rejecting',
  'full',
  'disabled',
  'catch-all',
  'helo-picky',
  'null-sender-refused',
  'starttls-required',
  'implicit-mx',
  'greylist',
  'null-mx',
  'nothing-here',
];
const NAMES: readonly [string, ...string[]] = ['alice', 'bob'];
const MAILBOXES = 0.005;
const REPEATED = 0.05;
const REJECTED = 0.01;
const WRONG = 0.01;

export function makeList(rows: number, random: Random): string {
  const lines = ['name,email'];
  const addresses: string[] = [];
  for (let n = 0; n < rows; n++) {
    const address = makeRow(n, addresses, random);
    addresses.push(address);
    lines.push(`Person ${n},${address}`);
  }
  return `${lines.join('\r\n')}\r\n`;
}

function makeRow(n: number, before: readonly string[], random: Random): string {
  const kind = random();
  if (kind < REPEATED && n > 0) return before[Math.floor(random() * n)] ?? '';
  if (kind < REPEATED + REJECTED) return 'nobody told us';
  if (kind < REPEATED + REJECTED + WRONG) return `wrong..${n}@${sandboxDomain('deliverable')}`;
  const host = pick(random, HOSTS);
  // A kill makes the greylisting host forget its triplets. A mailbox there would then be retried after minutes, not seconds.
  const isMailbox = random() < MAILBOXES && host !== 'greylist';
  return `${isMailbox ? pick(random, NAMES) : `user-${n}`}@${sandboxDomain(host)}`;
}
