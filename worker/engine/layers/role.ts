// Layer 5: is it a task's name and not a person's, does anyone read it, and is the domain a free mailbox provider? Never
// ends the work.
import type { Layer, RoleFacts } from '../findings';
import { listEvidence } from '../make-evidence';
import { mailboxOf, makeFinding } from '../make-finding';

export const roleLayer: Layer<'role'> = (_subject, soFar, ports) => {
  const { localPart, domain } = mailboxOf(soFar);
  const role = ports.lists.role(localPart);
  const facts: RoleFacts = { role, noReply: ports.lists.noReply(localPart), free: ports.lists.free(domain) };
  const evidence = role === null ? [] : [listEvidence('role', localPart, { hit: role, at: ports.clock.now() })];
  const details = { role: role !== null, no_reply: facts.noReply, free: facts.free };
  return makeFinding('role', {
    status: role === null ? 'passed' : 'warning',
    summary: summarise(facts),
    facts,
    details,
    evidence,
  });
};

function summarise({ role, noReply, free }: RoleFacts): string {
  if (noReply) return 'The name says that nobody reads this mailbox.';
  if (role !== null) return 'The name belongs to a task or a group, not to a person.';
  return free ? 'The name looks personal; the domain is a free mailbox provider.' : 'The name looks personal.';
}
