import { describe, expect, it } from 'vitest';
import type { Reason } from '@/lib/verdict/verdict';
import { NOW, fakePorts, subjectOf, syntaxFound } from '@/tests/engine/fake-ports';
import type { DnsAnswer } from '../ports';
import { domainLayer } from './domain';

const look = async (answer: DnsAnswer<string>, domain = 'example.com') =>
  domainLayer(subjectOf('x'), syntaxFound('mary', domain), fakePorts({ dns: { exists: () => Promise.resolve(answer) } }));

describe('the domain layer', () => {
  const CASES: readonly [DnsAnswer<string>, Reason | null, string][] = [
    [{ kind: 'found', records: ['ns1.example.com'] }, null, 'passed'],
    [{ kind: 'no_data' }, null, 'passed'],
    [{ kind: 'no_domain' }, 'domain_not_found', 'failed'],
    [{ kind: 'temporary', detail: 'SERVFAIL' }, 'dns_temporary_error', 'unknown'],
  ];
  it.each(CASES)('%j ends with %s', async (answer, endsWith, status) => {
    const finding = await look(answer);
    expect(finding.endsWith).toBe(endsWith);
    expect(finding.report.status).toBe(status);
    expect(finding.evidence).toHaveLength(1);
    expect(finding.evidence[0]).toMatchObject({ layer: 'domain', stage: 'dns', meaning: null });
  });

  it('knows the registrable domain, and that a public suffix has none', async () => {
    expect((await look({ kind: 'no_data' }, 'mail.example.co.uk')).facts.registrable).toBe('example.co.uk');
    expect((await look({ kind: 'no_data' }, 'gov.ie')).facts.registrable).toBeNull();
  });

  it('says nothing about the domain if the answer comes too late', async () => {
    const ports = fakePorts({ dns: { exists: () => new Promise(() => undefined) } });
    const finding = await domainLayer(subjectOf('x', { deadline: NOW }), syntaxFound(), ports);
    expect(finding.endsWith).toBe('dns_temporary_error');
    expect(finding.evidence[0]?.text).toContain('TIMEOUT');
  });
});
