// Layer 4: is it a disposable provider, by list or by its mail hosts? Relay services forward to real people and are never called
// disposable. Neither is a free provider, whoever runs its mail hosts. Known look-alikes of big providers are found here too. Never ends
// the check.
import { type DisposableFacts, type Finding, type Findings, type Layer, type MxFacts, mailboxOf, makeFinding } from '../findings';
import { listEvidence } from '../make-evidence';
import type { EnginePorts, ListsPort } from '../ports';

/** Addresses that share MX facts are of one domain, so what the lists say about it is the same for all of them. */
const known = new WeakMap<MxFacts, { lists: ListsPort; finding: Finding<'disposable'> }>();

export const disposableLayer: Layer<'disposable'> = (_subject, soFar, ports) => {
  const mx = soFar.mx?.facts;
  if (mx === undefined) return lookUp(soFar, ports);
  const kept = known.get(mx);
  if (kept?.lists === ports.lists) return kept.finding;
  const finding = lookUp(soFar, ports);
  known.set(mx, { lists: ports.lists, finding });
  return finding;
};

function lookUp(soFar: Findings, ports: EnginePorts): Finding<'disposable'> {
  const { domain } = mailboxOf(soFar);
  const { lists } = ports;
  const hosts = soFar.mx?.facts.hosts.map((host) => host.name) ?? [];
  const relay = lists.relay(domain);
  const byMx = relay === null && !lists.free(domain) ? lists.disposableByMx(hosts) : null;
  const disposable = relay === null ? (lists.disposable(domain) ?? byMx) : null;
  const facts: DisposableFacts = { disposable, relay, typo: lists.typo(domain) };
  const lookAlike = facts.typo?.known === true ? facts.typo : null;
  const hit = disposable ?? relay ?? lookAlike?.listed ?? null;
  const evidence = hit === null ? [] : [listEvidence('disposable', domain, { hit, at: ports.clock.now() })];
  const details = {
    source: hit?.source ?? null,
    since: hit?.since ?? null,
    look_alike_of: lookAlike?.suggestion ?? null,
  };
  const warned = disposable !== null || lookAlike !== null;
  return makeFinding('disposable', {
    status: warned ? 'warning' : 'passed',
    summary: summarize(facts),
    facts,
    details,
    evidence,
  });
}

function summarize({ disposable, relay, typo }: DisposableFacts): string {
  if (disposable !== null) return 'The domain belongs to a disposable mail service.';
  if (typo?.known === true) return `The domain is a known look-alike of ${typo.suggestion}.`;
  if (relay !== null) return 'The address is on a relay service that forwards to a real mailbox.';
  return 'The domain is not a known disposable mail service.';
}
