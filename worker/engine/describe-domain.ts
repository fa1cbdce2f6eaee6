// Runs a domain through the layers that need no mailbox, to tell what DNS and the lists say about it. No mail host is asked.
import type { DomainFacts } from '@/lib/verdict/stored';
import type { Findings, Subject } from './findings';
import { disposableLayer } from './layers/disposable';
import { domainLayer } from './layers/domain';
import { mxLayer } from './layers/mx';
import { syntaxLayer } from './layers/syntax';
import type { EnginePorts } from './ports';

const HOSTS_MAX = 10;

/** `domain` is in A-labels and lower case. */
export async function describeDomain(domain: string, deadline: number, ports: EnginePorts): Promise<DomainFacts> {
  const subject: Subject = { email: `postmaster@${domain}`, deadline, triplet: null };
  const findings: Findings = {};
  findings.syntax = await syntaxLayer(subject, findings, ports);
  findings.domain = await domainLayer(subject, findings, ports);
  if (findings.domain.endsWith === null) findings.mx = await mxLayer(subject, findings, ports);
  findings.disposable = await disposableLayer(subject, findings, ports);
  const { domain: existence, mx, disposable } = findings;
  const { hosts = [], implicit = false, provider = null } = mx?.facts ?? {};
  return {
    exists: IS[existence.report.status] ?? null,
    acceptsMail: IS[(mx ?? existence).report.status] ?? null,
    hosts: hosts.slice(0, HOSTS_MAX).map(({ name }) => name),
    isImplicit: implicit,
    provider: provider?.id ?? null,
    gateway: provider?.class === 'gateway',
    disposable: disposable.facts.disposable !== null,
    relay: disposable.facts.relay !== null,
    free: ports.lists.free(domain),
    didYouMean: disposable.facts.typo?.suggestion ?? null,
  };
}

const IS: Readonly<Record<string, boolean>> = { passed: true, failed: false };
