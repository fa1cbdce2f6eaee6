// Layer 1: is it an address that a public mail server could accept, and that its provider could have? Uses only the address itself and the
// table of look-alikes. A misspelled domain is reported even if the syntax is broken (`user@gmail`).
import { parseAddress } from '@/lib/verdict/address';
import { findProviderSyntaxProblem } from '@/lib/verdict/mailbox-rules';
import { type Layer, type SyntaxFacts, makeFinding } from '../findings';
import { inputEvidence } from '../make-evidence';
import type { ListsPort } from '../ports';

const NOTHING_READ: SyntaxFacts = {
  localPart: null,
  domain: null,
  needsSmtpUtf8: false,
  idn: false,
  tagged: false,
  normalized: null,
  canonical: null,
  didYouMean: null,
};

export const syntaxLayer: Layer<'syntax'> = (subject, _soFar, ports) => {
  const parsed = parseAddress(subject.email);
  if (!parsed.ok) {
    const facts = { ...NOTHING_READ, didYouMean: suggestForBroken(subject.email, ports.lists) };
    const evidence = [inputEvidence(parsed.message, { rule: parsed.problem, at: ports.clock.now() })];
    const details = { problem: parsed.problem };
    return makeFinding('syntax', {
      status: 'failed',
      summary: parsed.message,
      facts,
      details,
      evidence,
      endsWith: 'syntax_invalid',
    });
  }
  const { localPart, domain, needsSmtpUtf8, idn, tag, normalized, canonical } = parsed.address;
  const typo = ports.lists.typo(domain);
  const didYouMean = typo === null ? null : `${localPart}@${typo.suggestion}`;
  const facts: SyntaxFacts = { localPart, domain, needsSmtpUtf8, idn, tagged: tag !== null, normalized, canonical, didYouMean };
  const problem = findProviderSyntaxProblem(parsed.address);
  const details = { normalized, canonical, tag, needs_smtputf8: needsSmtpUtf8 };
  if (problem !== null) {
    const evidence = [inputEvidence(problem, { rule: 'provider-syntax', at: ports.clock.now() })];
    return makeFinding('syntax', { status: 'failed', summary: problem, facts, details, evidence, endsWith: 'provider_syntax' });
  }
  return makeFinding('syntax', { status: 'passed', summary: 'The address is well formed.', facts, details });
};

function suggestForBroken(email: string, lists: ListsPort): string | null {
  const at = email.lastIndexOf('@');
  const domain = email
    .slice(at + 1)
    .trim()
    .toLowerCase();
  const typo = at < 1 ? null : lists.typo(domain);
  if (typo === null) return null;
  const suggested = parseAddress(`${email.slice(0, at)}@${typo.suggestion}`);
  return suggested.ok ? suggested.address.normalized : null;
}
