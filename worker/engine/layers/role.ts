// Layer 5: does the name belong to a task and not a person, does anyone read the mailbox, and is the domain a free mailbox provider? Never
// ends the check.
import type { Evidence } from '@/lib/verdict/evidence';
import { type Finding, type Layer, type RoleFacts, mailboxOf, makeFinding } from '../findings';
import { listEvidence } from '../make-evidence';

export const roleLayer: Layer<'role'> = (_subject, soFar, ports) => {
  const { localPart, domain } = mailboxOf(soFar);
  const role = ports.lists.role(localPart);
  const noReply = ports.lists.noReply(localPart);
  const free = ports.lists.free(domain);
  if (role === null && !noReply) return free ? PERSONAL_AT_FREE : PERSONAL;
  const evidence = role === null ? [] : [listEvidence('role', localPart, { hit: role, at: ports.clock.now() })];
  return say({ role, noReply, free }, evidence);
};

function say(facts: RoleFacts, evidence: readonly Evidence[]): Finding<'role'> {
  const { role, noReply, free } = facts;
  return makeFinding('role', {
    status: role === null ? 'passed' : 'warning',
    summary: summarize(facts),
    facts,
    details: { role: role !== null, no_reply: noReply, free },
    evidence,
  });
}

function summarize({ role, noReply, free }: RoleFacts): string {
  if (noReply) return 'The name says that nobody reads this mailbox.';
  if (role !== null) return 'The name stands for a role or a group, not a person.';
  return free ? 'The name looks personal, and the domain belongs to a free mailbox provider.' : 'The name looks personal.';
}

/** Nearly every name is personal, so these findings are shared. */
const PERSONAL = say({ role: null, noReply: false, free: false }, []);
const PERSONAL_AT_FREE = say({ role: null, noReply: false, free: true }, []);
