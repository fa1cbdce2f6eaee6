// Layer 2: does the domain exist? Only NXDOMAIN says that it does not. A failing resolver says nothing about it, and neither does one that
// is known to be wrong.
import { getDomain } from 'tldts';
import { disbeliefSentence, whyDisbelieved } from '../denials';
import { type Layer, mailboxOf, makeFinding } from '../findings';
import { dnsEvidence, learnedAt } from '../make-evidence';
import { RecentMap } from '../bounded-maps';
import { withinDeadline } from '../deadlines';

export const domainLayer: Layer<'domain'> = async (subject, soFar, ports) => {
  const { domain } = mailboxOf(soFar);
  const startedAt = ports.clock.now();
  const answer = (await withinDeadline(ports.dns.exists(domain), subject.deadline, ports.clock)) ?? TOO_LATE;
  const said = answer.kind === 'temporary' ? answer.detail : answer.kind === 'no_domain' ? 'NXDOMAIN' : 'exists';
  const evidence = [dnsEvidence('domain', `${domain}: ${said}`, learnedAt(answer, startedAt, ports.clock.now()))];
  const facts = { registrable: registrableOf(domain) };
  const details = { domain, registrable: facts.registrable };

  if (answer.kind === 'no_domain') {
    const disbelief = await whyDisbelieved({ domain, deadline: subject.deadline, ports });
    if (disbelief !== null) {
      const said = { status: 'unknown', summary: disbeliefSentence(domain, disbelief), endsWith: 'dns_temporary_error' } as const;
      return makeFinding('domain', { ...said, facts, details: { ...details, disbelieved: disbelief }, evidence });
    }
    const summary = `The domain ${domain} does not exist.`;
    return makeFinding('domain', { status: 'failed', summary, facts, details, evidence, endsWith: 'domain_not_found' });
  }
  if (answer.kind === 'temporary') {
    const summary = `The name servers of ${domain} gave no usable answer (${answer.detail}).`;
    return makeFinding('domain', { status: 'unknown', summary, facts, details, evidence, endsWith: 'dns_temporary_error' });
  }
  return makeFinding('domain', { status: 'passed', summary: 'The domain exists.', facts, details, evidence });
};

const REMEMBERED_MAX = 10_000;
const registrables = new RecentMap<string, { name: string | null }>(REMEMBERED_MAX);

/** By the public suffix list. For a domain seen before, this lookup would be the most expensive part of the layer. */
function registrableOf(domain: string): string | null {
  const known = registrables.get(domain);
  if (known !== undefined) return known.name;
  const name = getDomain(domain);
  registrables.set(domain, { name });
  return name;
}

const TOO_LATE = { kind: 'temporary', detail: 'TIMEOUT' } as const;
