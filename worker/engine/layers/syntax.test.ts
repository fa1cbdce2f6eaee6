import { describe, expect, it } from 'vitest';
import type { Reason } from '@/lib/verdict/verdict';
import { fakePorts, subjectOf } from '@/tests/engine/fake-ports';
import { syntaxLayer } from './syntax';

const typo = (domain: string) => (domain === 'gmial.com' || domain === 'gmail' ? { suggestion: 'gmail.com', known: true } : null);
const look = async (email: string) => syntaxLayer(subjectOf(email), {}, fakePorts({ lists: { typo } }));

describe('the syntax layer', () => {
  const CASES: readonly [string, Reason | null, string][] = [
    ['mary@example.com', null, 'passed'],
    ['"mary smith"@example.com', null, 'passed'],
    ['jörg@bücher.example', null, 'passed'],
    ['mary', 'syntax_invalid', 'failed'],
    ['mary@example.com\r\nDATA', 'syntax_invalid', 'failed'],
    ['a..b@example.com', 'syntax_invalid', 'failed'],
    ['mary@[192.0.2.1]', 'syntax_invalid', 'failed'],
    ['mary_smith@gmail.com', 'provider_syntax', 'failed'],
    ['mary&co@outlook.com', 'provider_syntax', 'failed'],
  ];
  it.each(CASES)('%j ends with %s', async (email, endsWith, status) => {
    const finding = await look(email);
    expect(finding.endsWith).toBe(endsWith);
    expect(finding.report.status).toBe(status);
    expect(finding.report.summary).toMatch(/^[A-Z].*\.$/);
  });

  it('returns the address in wire form, and none if the syntax is invalid', async () => {
    expect((await look('"Mary"+x@gmail.com')).facts.domain).toBeNull();
    expect((await look('Mary+x@BÜCHER.example')).facts).toMatchObject({
      localPart: 'Mary+x',
      domain: 'xn--bcher-kva.example',
      tagged: true,
      idn: true,
    });
  });

  it('suggests the provider that was meant, even if the syntax is broken', async () => {
    expect((await look('mary@gmial.com')).facts.didYouMean).toBe('mary@gmail.com');
    expect((await look('mary@gmail')).facts).toMatchObject({ didYouMean: 'mary@gmail.com', domain: null });
    expect((await look('ma ry@gmail')).facts.didYouMean).toBeNull();
    expect((await look('mary@example.com')).facts.didYouMean).toBeNull();
  });
});
