import { describe, expect, it, vi } from 'vitest';
import { inTransaction } from '@/lib/platform/db/transaction';
import { newId } from '@/lib/platform/ids';
import { GRADE_NAMES_MAX, GRADE_OUTCOMES_MAX } from '@/lib/platform/limits';
import { VISITORS_WORKSPACE_ID, type Scope } from '@/lib/platform/scope';
import { explainGrade } from '@/lib/verdict/grade';
import { type Reason, statusOf } from '@/lib/verdict/verdict';
import { toVerificationAnswer } from '@/lib/verdict/verification';
import { verificationAnswerSchema } from '@/lib/verdict/verification-schema';
import { fakeAnswer, makeWorkspace } from '@/tests/database/fake-answers';
import { mustBeOk } from '@/tests/database/ledger-moves';
import { seedCheck, seedChecks } from '@/tests/database/seed-check';
import { seedList } from '@/tests/database/seed-list';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { completeVerification } from './complete';
import { domainKeyOf, getCalibration, recordFeedback } from './feedback';
import { gradeAddresses } from './grading';
import { getVerification } from './read';
import * as facts from './store/grade-facts';
import type { FeedbackOutcome } from './rules/feedback';
import { startVerification } from './start';

vi.mock('./store/grade-facts', { spy: true });
useTestDatabase();

let domains = 0;
/** A domain that no other test uses. */
const newDomain = (): string => `firm-${(domains += 1)}.example`;
const at = (domain: string, ...names: string[]): string[] => names.map((name) => `${name}@${domain}`);

async function gradeOf(scope: Scope, email: string): Promise<[string, string[]]> {
  const [graded] = await gradeAddresses(scope, [{ email, isRole: false }]);
  if (graded === undefined) throw new Error('no grade');
  return [graded.grade, explainGrade(graded.basis).map(({ code }) => code)];
}

async function check(scope: Scope, email: string, reason: Reason = 'catch_all', more: { test?: boolean } = {}) {
  const started = mustBeOk(await startVerification(scope, { email, source: 'app', maxAgeS: 0, ...more }));
  const plain = fakeAnswer(email, reason);
  const answer = { ...plain, verdict: { ...plain.verdict, status: statusOf(reason) } };
  await completeVerification(scope, { id: started.id, answer, earlierEvidence: [], isCharged: more.test !== true });
  return mustBeOk(await getVerification(scope, started.id));
}

async function report(scope: Scope, outcome: FeedbackOutcome, emails: readonly string[]): Promise<void> {
  for (const email of emails) {
    await check(scope, email);
    mustBeOk(await recordFeedback(scope, { target: { email }, outcome }));
  }
}

const deliverable = (scope: Scope, emails: readonly string[], more = {}) =>
  seedChecks(
    scope,
    emails.map((email) => ({ email, reason: 'mailbox_exists', more })),
  );
const deliverableRows = (scope: Scope, emails: readonly string[], more = {}) =>
  seedList(scope, { rows: emails.map((email) => ({ cells: [email], reason: 'mailbox_exists' })), ...more });

describe('the way names are written', () => {
  it('is learned from single checks and lists of the same workspace that proved a mailbox', async () => {
    const [scope, domain] = [await makeWorkspace(), newDomain()];
    expect(await gradeOf(scope, `ana.diaz@${domain}`)).toEqual(['uncertain', ['name_of_a_person']]);
    await deliverable(scope, at(domain, 'maria.lopez'));
    expect(await gradeOf(scope, `ana.diaz@${domain}`)).toEqual(['uncertain', ['name_of_a_person']]);
    await deliverableRows(scope, at(domain, 'tom.becker'));
    expect(await gradeOf(scope, `ana.diaz@${domain}`)).toEqual(['likely', ['name_alike', 'name_of_a_person']]);
    await deliverableRows(scope, at(domain, 'eva.klein'));
    expect(await gradeOf(scope, `adiaz@${domain}`)).toEqual(['uncertain', ['name_otherwise', 'name_of_a_person']]);
    expect(await gradeOf(scope, `ana.diaz@${newDomain()}`)).toEqual(['uncertain', ['name_of_a_person']]);
  });

  it('is never learned from another workspace', async () => {
    const [scope, other, domain] = [await makeWorkspace(), await makeWorkspace(20), newDomain()];
    await deliverable(other, at(domain, 'maria.lopez', 'tom.becker'));
    await deliverableRows(other, at(domain, 'eva.klein', 'jan.huber'));
    await report(other, 'delivered', at(domain, 'ana.diaz', 'karl.weber', 'petra.lang'));
    expect(await gradeOf(scope, `ana.diaz@${domain}`)).toEqual(['uncertain', ['name_of_a_person']]);
    expect((await gradeOf(other, `ana.diaz@${domain}`))[0]).toBe('likely');
  });

  it('is not learned from test keys, test lists, expired lists or visitors', async () => {
    const [scope, domain] = [await makeWorkspace(), newDomain()];
    await deliverable(scope, at(domain, 'maria.lopez', 'tom.becker'), { test: true });
    await deliverable(scope, at(domain, 'ida.berg', 'leo.roth'), { visitorKey: 'somebody', source: 'landing' });
    await deliverableRows(scope, at(domain, 'eva.klein', 'jan.huber'), { more: { test: true } });
    await deliverableRows(scope, at(domain, 'max.vogel', 'lea.wolf'), { status: 'expired' });
    expect(await gradeOf(scope, `ana.diaz@${domain}`)).toEqual(['uncertain', ['name_of_a_person']]);
  });

  it('is not learned from the visitors’ common workspace', async () => {
    const [visitors, domain] = [{ workspaceId: VISITORS_WORKSPACE_ID }, newDomain()];
    await deliverable(visitors, at(domain, 'maria.lopez', 'tom.becker', 'eva.klein'), {
      visitorKey: 'somebody',
      source: 'landing',
    });
    expect(await gradeOf(visitors, `ana.diaz@${domain}`)).toEqual(['uncertain', ['name_of_a_person']]);
  });

  it('is not learned from one mailbox in several answers, from the address itself, or from a mailbox that bounced', async () => {
    const [scope, domain] = [await makeWorkspace(20), newDomain()];
    await deliverable(scope, at(domain, 'maria.lopez', 'maria.lopez', 'MARIA.LOPEZ', 'maria.lopez+news', 'ana.diaz'));
    expect(await gradeOf(scope, `ana.diaz@${domain}`)).toEqual(['uncertain', ['name_of_a_person']]);
    await deliverable(scope, at(domain, 'tom.becker'));
    expect((await gradeOf(scope, `ana.diaz@${domain}`))[0]).toBe('likely');
    mustBeOk(await recordFeedback(scope, { target: { email: `tom.becker@${domain}` }, outcome: 'hard_bounce' }));
    expect(await gradeOf(scope, `ana.diaz@${domain}`)).toEqual(['uncertain', ['name_of_a_person']]);
  });

  it('is not held against a role name', async () => {
    const [scope, domain] = [await makeWorkspace(), newDomain()];
    await deliverable(scope, at(domain, 'maria.lopez', 'tom.becker', 'eva.klein'));
    const [graded] = await gradeAddresses(scope, [{ email: `sales@${domain}`, isRole: true }]);
    expect(explainGrade(graded?.basis ?? 0).map(({ code }) => code)).toEqual(['name_of_a_role']);
  });

  it('is learned for an international domain, however it was stored', async () => {
    const scope = await makeWorkspace();
    await deliverable(scope, ['maria.lopez@bücher.example']);
    await deliverableRows(scope, ['tom.becker@xn--bcher-kva.example']);
    expect((await gradeOf(scope, 'ana.diaz@bücher.example'))[0]).toBe('likely');
  });

  it('is learned from a limited number of a domain’s newest names, and from no older ones', async () => {
    const [scope, domain] = [await makeWorkspace(), newDomain()];
    const old = GRADE_NAMES_MAX * 0.3;
    const before = Date.now() - 1_000_000;
    await seedChecks(
      scope,
      Array.from({ length: GRADE_NAMES_MAX + old }, (_, n) => ({
        email: `${n < old ? 'maria.lopez' : 'mlopez'}${n}@${domain}`,
        reason: 'mailbox_exists',
        at: new Date(before + n * 1_000),
      })),
    );
    // With the older ones, enough names would be alike for this one not to count as written otherwise.
    expect(await gradeOf(scope, `ana.diaz@${domain}`)).toEqual(['uncertain', ['name_otherwise', 'name_of_a_person']]);
  });
});

it('many addresses are graded with one query of each kind, each as it would be alone', async () => {
  const [scope, one, other] = [await makeWorkspace(20), newDomain(), newDomain()];
  await deliverable(scope, at(one, 'maria.lopez', 'tom.becker', 'eva.klein'));
  await report(scope, 'hard_bounce', at(other, 'maria.lopez', 'tom.becker'));
  const emails = [one, other].flatMap((domain) => at(domain, 'ana.diaz', 'adiaz', 'maria.lopez', 'qzxkvbnwj'));
  const alone = await Promise.all(emails.map((email) => gradeOf(scope, email)));
  expect(new Set(alone.map(([grade]) => grade)).size).toBe(3);
  vi.clearAllMocks();
  const together = await gradeAddresses(
    scope,
    emails.map((email) => ({ email, isRole: false })),
  );
  expect(together.map(({ grade }) => grade)).toEqual(alone.map(([grade]) => grade));
  for (const ask of Object.values(facts)) expect(ask).toHaveBeenCalledTimes(1);
});

describe('reported outcomes', () => {
  it('move later checks of the address, and those of others at its domain', async () => {
    const [scope, domain] = [await makeWorkspace(20), newDomain()];
    const email = `maria.lopez@${domain}`;
    expect(await check(scope, email)).toMatchObject({ grade: 'uncertain' });
    await report(scope, 'hard_bounce', [email]);
    expect(await check(scope, email)).toMatchObject({ grade: 'unlikely', gradeBasis: [{ code: 'address_bounced' }, {}] });
    expect(await gradeOf(scope, `ana.diaz@${domain}`)).toEqual(['uncertain', ['name_of_a_person']]);
    await report(scope, 'hard_bounce', at(domain, 'tom.becker'));
    expect(await gradeOf(scope, `ana.diaz@${domain}`)).toEqual(['unlikely', ['domain_bounces', 'name_of_a_person']]);
  });

  it('count as the score’s calibration counts them: the last one that decides, never a soft bounce, a complaint as delivered', async () => {
    const [scope, domain] = [await makeWorkspace(20), newDomain()];
    const email = `maria.lopez@${domain}`;
    await report(scope, 'delivered', [email]);
    await report(scope, 'soft_bounce', [email]);
    expect((await gradeOf(scope, email))[1]).toContain('address_delivered');
    await report(scope, 'hard_bounce', [email]);
    expect((await gradeOf(scope, email))[1]).toContain('address_bounced');
    await report(scope, 'complaint', [email]);
    expect((await gradeOf(scope, email))[1]).toContain('address_delivered');
  });

  it('count up to a limited number of a domain’s newest, and no older ones', async () => {
    const [scope, domain] = [await makeWorkspace(), newDomain()];
    const old = GRADE_OUTCOMES_MAX * 0.3;
    const told = Array.from({ length: GRADE_OUTCOMES_MAX + old }, (_, n) => ({
      id: newId('feedback'),
      ...scope,
      addressKey: `${domain}${n}`,
      domainKey: domainKeyOf(scope, domain),
      status: 'risky',
      outcome: n < old ? 'hard_bounce' : 'delivered',
      createdAt: new Date(Date.now() - 1_000_000 + n * 1_000),
    }));
    await inTransaction((tx) => tx.feedback.createMany({ data: told }));
    // With the older ones, too many would have bounced.
    expect((await gradeOf(scope, `ana.diaz@${domain}`))[1]).toEqual(['domain_delivers', 'name_of_a_person']);
  });

  it('of delivered mail teach how names are written', async () => {
    const [scope, domain] = [await makeWorkspace(20), newDomain()];
    await report(scope, 'delivered', at(domain, 'maria.lopez', 'tom.becker'));
    expect(await gradeOf(scope, `ana.diaz@${domain}`)).toEqual(['likely', ['name_alike', 'name_of_a_person']]);
    await report(scope, 'delivered', at(domain, 'eva.klein'));
    expect((await gradeOf(scope, `ana.diaz@${domain}`))[1]).toEqual(['name_alike', 'domain_delivers', 'name_of_a_person']);
  });

  it('count at once, even if the answer itself comes from memory', async () => {
    const [scope, domain] = [await makeWorkspace(20), newDomain()];
    const email = `maria.lopez@${domain}`;
    await report(scope, 'hard_bounce', [email]);
    const again = mustBeOk(await startVerification(scope, { email, source: 'app' }));
    expect(again).toMatchObject({
      cached: true,
      reason: 'catch_all',
      grade: 'unlikely',
      gradeBasis: [{ code: 'address_bounced' }, {}],
    });
  });

  it('of catch-all answers are compared with their grades, unless the grade was based on the outcome', async () => {
    const [scope, domain] = [await makeWorkspace(30), newDomain()];
    const before = (await getCalibration()).grades;
    const countOf = (grades: typeof before, grade: string) => grades.find((one) => one.grade === grade)?.count ?? 0;
    await deliverable(scope, at(domain, 'maria.lopez', 'tom.becker'));
    await report(scope, 'delivered', at(domain, 'ana.diaz'));
    const after = (await getCalibration()).grades;
    expect(countOf(after, 'likely') - countOf(before, 'likely')).toBe(1);
    // The new grade is based on the earlier report.
    await report(scope, 'hard_bounce', at(domain, 'ana.diaz'));
    expect((await getCalibration()).grades).toEqual(after);
  });
});

describe('an answer', () => {
  it('with another reason has no grade, and each catch-all answer has one', async () => {
    const [scope, domain] = [await makeWorkspace(20), newDomain()];
    expect(await check(scope, `a@${domain}`, 'mailbox_exists')).toMatchObject({ grade: null, gradeBasis: [] });
    expect(await check(scope, `b@${domain}`)).toMatchObject({ grade: 'uncertain', gradeBasis: [] });
    const old = await seedCheck(scope, { email: `c@${domain}`, reason: 'catch_all' });
    expect(mustBeOk(await getVerification(scope, old))).toMatchObject({ grade: 'uncertain', gradeBasis: [] });
  });

  it('of a test key is graded by the name alone', async () => {
    const [scope, domain] = [await makeWorkspace(20), newDomain()];
    await report(scope, 'hard_bounce', at(domain, 'maria.lopez'));
    expect(await check(scope, `maria.lopez@${domain}`, 'catch_all', { test: true })).toMatchObject({
      grade: 'uncertain',
      gradeBasis: [{ code: 'name_of_a_person' }],
    });
  });

  it('of the API has the grade beside the score, with its weights', async () => {
    const [scope, domain] = [await makeWorkspace(20), newDomain()];
    const view = await check(scope, `maria.lopez@${domain}`);
    const { grade, grade_basis: basis } = verificationAnswerSchema.parse(toVerificationAnswer(view, 'risky'));
    expect([grade, basis]).toEqual([
      'uncertain',
      [{ code: 'name_of_a_person', points: 10, basis: 'the name looks like a person’s' }],
    ]);
  });
});
