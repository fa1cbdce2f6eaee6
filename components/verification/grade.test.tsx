import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { explainGrade, gradeOf, NO_GRADE_EVIDENCE } from '@/lib/verdict/grade';
import { fakeVerification } from './fake-verification';
import { VerdictFacts } from './verdict-summary';

const factsOf = (more: Parameters<typeof fakeVerification>[0]): string =>
  renderToStaticMarkup(<VerdictFacts view={fakeVerification(more)} />).replaceAll(/<[^>]+>/g, ' ');

it('shows a grade as an estimate, with each weight behind it', () => {
  const { grade, basis } = gradeOf({ ...NO_GRADE_EVIDENCE, looks: 'random', domain: { delivered: 4, bounced: 0 } });
  const facts = factsOf({ status: 'risky', reason: 'catch_all', grade, gradeBasis: explainGrade(basis) });
  expect(facts).toMatch(/Grade.*Uncertain.*−30.*random letters.*\+15.*delivered/s);
  expect(factsOf({ status: 'risky', reason: 'catch_all', grade: 'likely', gradeBasis: [] })).toMatch(/Likely.*an estimate/);
});

it('shows nothing if there is no grade', () => {
  expect(factsOf({ status: 'deliverable', reason: 'mailbox_exists' })).not.toContain('Grade');
});
