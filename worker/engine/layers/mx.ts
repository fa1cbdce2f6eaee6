// Layer 3: which hosts take the domain's mail, and which provider runs them? Ends the check if there are none, or if none could be found
// just now.
import type { Reason } from '@/lib/verdict/verdict';
import { disbeliefSentence, whyDisbelieved, whyImplicitDisbelieved, type Disbelief } from '../denials';
import { type Layer, type MxFacts, mailboxOf, makeFinding } from '../findings';
import { recognizeProvider } from '../providers/recognize-provider';
import { resolveMailHosts, type MailHostsOutcome } from '../resolve-mail-hosts';

type Dead = Exclude<MailHostsOutcome['kind'], 'hosts'>;

const NOBODY: Readonly<Record<Dead, { reason: Reason; summary: string }>> = {
  no_domain: { reason: 'domain_not_found', summary: 'The domain does not exist.' },
  null_mx: { reason: 'null_mx', summary: 'The domain says that it takes no mail (null MX).' },
  no_mx: { reason: 'no_mx', summary: 'The domain has no mail host and no address of its own.' },
  unroutable: { reason: 'mx_unroutable', summary: 'None of the domain’s mail hosts has a public address.' },
  temporary: { reason: 'dns_temporary_error', summary: 'The name servers gave no usable answer about the domain’s mail hosts.' },
};

export const mxLayer: Layer<'mx'> = async (subject, soFar, ports) => {
  const { domain } = mailboxOf(soFar);
  const { outcome, names, evidence } = await resolveMailHosts({ domain, deadline: subject.deadline, ports });
  const disbelief = await disbeliefIn(outcome, { domain, deadline: subject.deadline, ports });
  if (disbelief !== null) {
    const facts: MxFacts = { hosts: [], implicit: false, provider: recognizeProvider({ mxHosts: names, greeting: null }) };
    const said = { status: 'unknown', summary: disbeliefSentence(domain, disbelief), endsWith: 'dns_temporary_error' } as const;
    return makeFinding('mx', { ...said, facts, details: { hosts: [...names], disbelieved: disbelief }, evidence });
  }
  if (outcome.kind !== 'hosts') {
    const { reason, summary } = NOBODY[outcome.kind];
    const facts: MxFacts = { hosts: [], implicit: false, provider: recognizeProvider({ mxHosts: names, greeting: null }) };
    const status = outcome.kind === 'temporary' ? 'unknown' : 'failed';
    return makeFinding('mx', { status, summary, facts, details: { hosts: [...names] }, evidence, endsWith: reason });
  }
  const { hosts, implicit } = outcome;
  // An implicit host has the domain's own name, which does not identify a provider.
  const provider = implicit ? null : recognizeProvider({ mxHosts: names, greeting: null });
  const details = { hosts: hosts.map((host) => host.name), implicit, provider: provider?.id ?? null };
  return makeFinding('mx', {
    status: 'passed',
    summary: summarize(hosts.length, implicit, provider?.name),
    facts: { hosts, implicit, provider },
    details,
    evidence,
  });
};

/** A null MX is a published record and a failure is no answer: neither can be a resolver's invention, so neither is doubted. */
async function disbeliefIn(outcome: MailHostsOutcome, about: Parameters<typeof whyDisbelieved>[0]): Promise<Disbelief | null> {
  if (outcome.kind === 'null_mx' || outcome.kind === 'temporary') return null;
  if (outcome.kind !== 'hosts') return whyDisbelieved(about);
  return outcome.implicit ? whyImplicitDisbelieved(about, outcome.hosts) : null;
}

function summarize(count: number, implicit: boolean, provider: string | undefined): string {
  if (implicit) return 'The domain has no MX record; its own address takes the mail.';
  const by = provider === undefined ? '' : `, run by ${provider}`;
  return count === 1 ? `One mail host takes the domain’s mail${by}.` : `${String(count)} mail hosts take the domain’s mail${by}.`;
}
