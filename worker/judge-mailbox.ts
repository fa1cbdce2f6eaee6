// What kind of mailbox a domain gives out: by the lists of disposable domains and alias services, and by the mail hosts that many
// disposable domains share. A resolver that does not answer in time changes nothing: then only the lists decide.
import type { MailboxKind } from '@/lib/credits/rules/free';
import type { Clock, DnsPort, ListsPort } from './engine/ports';
import { withinDeadline } from './engine/within-deadline';

const MX_LOOKUP_MS = 3_000;

export interface JudgePorts {
  lists: Pick<ListsPort, 'disposable' | 'disposableByMx' | 'relay' | 'free'>;
  dns: Pick<DnsPort, 'mx'>;
  clock: Clock;
}

export async function judgeMailbox(domain: string, { lists, dns, clock }: JudgePorts): Promise<MailboxKind> {
  if (lists.relay(domain) !== null) return 'alias';
  if (lists.disposable(domain) !== null) return 'temporary';
  if (lists.free(domain)) return 'mailbox';
  const answer = await Promise.resolve(withinDeadline(dns.mx(domain), clock.now() + MX_LOOKUP_MS, clock)).catch(() => null);
  const hosts = answer?.kind === 'found' ? answer.records.map(({ exchange }) => exchange) : [];
  return lists.disposableByMx(hosts) === null ? 'mailbox' : 'temporary';
}
