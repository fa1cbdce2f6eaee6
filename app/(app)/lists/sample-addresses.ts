// Addresses to try a list with: of the sandbox where there is one, else of the reserved example domains, which nobody is asked about.
import { sandboxDomain, type SandboxBehavior } from '@/lib/verdict/sandbox-catalog';
import { env } from '@/lib/platform/env';

const BEHAVIOURS: readonly SandboxBehavior[] = ['deliverable', 'rejecting', 'catch-all', 'greylist', 'blocking'];

export function sampleAddresses(): string[] {
  if (env().MAIL_SANDBOX !== 'on') return ['alice@example.com', 'bob@example.org', 'carol@example.net'];
  return BEHAVIOURS.map((behavior) => `alice@${sandboxDomain(behavior)}`);
}
