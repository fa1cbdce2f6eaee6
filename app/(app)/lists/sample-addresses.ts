// Addresses to try a list with: from the sandbox if there is one, otherwise from the reserved example domains, where no server is ever
// asked.
import { sandboxDomain, type SandboxBehavior } from '@/lib/verdict/sandbox-catalog';
import { env } from '@/lib/platform/env';

const BEHAVIOURS: readonly SandboxBehavior[] = ['deliverable', 'rejecting', 'catch-all', 'greylist', 'blocking'];

export function sampleAddresses(): string[] {
  if (env().MAIL_SANDBOX !== 'on') return ['alice@example.com', 'bob@example.org', 'carol@example.net'];
  return BEHAVIOURS.map((behavior) => `alice@${sandboxDomain(behavior)}`);
}
