import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RECIPIENT_MEANINGS, REPLY_MEANINGS, REPLY_STAGES, type ReplyMeaning } from '@/lib/verdict/evidence';
import { classifyReply, REPLY_RULES } from './classify';
import { REPLY_CASES, TRAPS, type ReplyCase } from './reply-cases.data';
import type { ClassifierStage, ReplyQuestion } from './rule';

const ask = (stage: ClassifierStage, code: number, text: string, enhanced: string | null = null): ReplyQuestion => ({
  stage,
  code,
  enhanced,
  text,
  provider: null,
});
const meaningOf = (stage: ClassifierStage, code: number, text: string, enhanced: string | null = null): ReplyMeaning =>
  classifyReply(ask(stage, code, text, enhanced)).meaning;
const rowsOf = (table: Readonly<Partial<Record<ReplyMeaning, readonly ReplyCase[]>>>): [ReplyMeaning, ...ReplyCase][] =>
  REPLY_MEANINGS.flatMap((meaning) => (table[meaning] ?? []).map((row): [ReplyMeaning, ...ReplyCase] => [meaning, ...row]));

const ABOUT_RECIPIENT: ReadonlySet<ReplyMeaning> = new Set<ReplyMeaning>(RECIPIENT_MEANINGS);

describe('the rule table', () => {
  it.each(REPLY_RULES.map((rule) => [rule.id, rule] as const))('%s fires on its own specimen', (id, { meaning, specimen }) => {
    const reading = classifyReply({ stage: 'rcpt', enhanced: null, provider: null, ...specimen });
    expect(reading).toEqual({ meaning, rule: id });
  });

  it('has unique rule ids', () => {
    expect(new Set(REPLY_RULES.map((rule) => rule.id)).size).toBe(REPLY_RULES.length);
  });

  it('gives a meaning about the mailbox only to rules whose subject is the recipient', () => {
    const wrong = REPLY_RULES.filter(
      ({ id, meaning, subject }) => ABOUT_RECIPIENT.has(meaning) && subject !== 'recipient' && id !== 'accepted.mail',
    );
    expect(wrong.map((rule) => rule.id)).toEqual([]);
  });

  it('applies rules about a recipient only at RCPT and to replies of unknown stage', () => {
    const wrong = REPLY_RULES.filter(
      ({ subject, when }) =>
        subject === 'recipient' && !(when.stages ?? REPLY_STAGES).every((stage) => stage === 'rcpt' || stage === 'unknown'),
    );
    expect(wrong.map((rule) => rule.id)).toEqual([]);
  });

  it('names a source for each rule', () => {
    expect(REPLY_RULES.filter((rule) => rule.source.trim() === '').map((rule) => rule.id)).toEqual([]);
  });
});

describe('replies of many servers', () => {
  it.each(rowsOf(REPLY_CASES))('%s: %s %d %s %s', (meaning, ...[stage, code, enhanced, text]) => {
    expect(meaningOf(stage, code, text, enhanced)).toBe(meaning);
  });
});

describe('replies that mix words about the mailbox with words about us or about time', () => {
  it.each(rowsOf(TRAPS))('%s: %s %d %s %s', (meaning, ...[stage, code, enhanced, text]) => {
    expect(meaningOf(stage, code, text, enhanced)).toBe(meaning);
  });
});

describe('the same words at another stage', () => {
  it.each([
    ['mailbox unavailable', 550, 'mailbox_not_found', 'sender_rejected', 'sender_blocked'],
    ['User unknown', 550, 'mailbox_not_found', 'sender_rejected', 'sender_blocked'],
    ['No such user here', 550, 'mailbox_not_found', 'sender_rejected', 'sender_blocked'],
    ['Requested action not taken: mailbox name not allowed', 553, 'mailbox_not_found', 'sender_rejected', 'sender_blocked'],
    ['Requested mail action aborted: exceeded storage allocation', 552, 'mailbox_full', 'policy_other', 'sender_blocked'],
    ['', 550, 'ambiguous', 'sender_rejected', 'sender_blocked'],
    ['', 554, 'ambiguous', 'sender_rejected', 'sender_blocked'],
    ['', 552, 'mailbox_full', 'policy_other', 'sender_blocked'],
  ] as const)('"%s" (%d) is %s at RCPT, %s at MAIL and %s in place of a greeting', (text, code, ...meanings) => {
    const stages = ['rcpt', 'mail', 'connect'] as const;
    expect(stages.map((stage) => meaningOf(stage, code, text))).toEqual(meanings);
  });

  it('never reads a reply before RCPT as about the mailbox, whatever it says', () => {
    const texts = [...rowsOf(REPLY_CASES), ...rowsOf(TRAPS)]
      .map(([, , code, enhanced, text]) => ({ code, enhanced, text }))
      .filter(({ code }) => code >= 400);
    fc.assert(
      fc.property(
        fc.constantFrom(...texts),
        fc.constantFrom('connect', 'helo', 'starttls', 'mail', 'rset', 'quit'),
        ({ code, enhanced, text }, stage) => {
          expect(ABOUT_RECIPIENT.has(meaningOf(stage, code, text, enhanced))).toBe(false);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

describe('a text that contradicts a wrong status', () => {
  it.each([
    ['5.7.1', 'No such user!', 'mailbox_not_found'],
    ['5.1.1', 'mailbox over quota', 'mailbox_full'],
    ['5.4.1', 'Recipient address rejected: Access denied. AS(201806281)', 'mailbox_not_found'],
    ['5.1.1', '<info@example.com> - 192.0.2.7 has sent to too many recipients this hour. IB607', 'rate_limited'],
    ['5.5.0', 'Requested action not taken: mailbox unavailable', 'mailbox_not_found'],
    ['5.1.1', 'Client host [192.0.2.7] blocked using bl.example.net', 'sender_blocked'],
  ] as const)('%s with "%s" is %s', (enhanced, text, meaning) => {
    expect(meaningOf('rcpt', 550, text, enhanced)).toBe(meaning);
  });
});

describe('the form of a reply', () => {
  const plain = classifyReply(ask('rcpt', 550, 'The account does not exist here', '5.1.1'));
  it.each([
    ['with code and status', '550 5.1.1 The account does not exist here'],
    ['with codes on each line', '550-5.1.1 The account\r\n550-5.1.1 does not exist\r\n550 5.1.1 here'],
    ['with codes inside joined lines', '550-5.1.1 The account does 550-5.1.1 not exist 550 5.1.1 here'],
    ['in capitals', 'THE ACCOUNT DOES NOT EXIST HERE'],
    ['in HTML', '<p>The <b>account</b> does<br/>not exist here</p>'],
    [
      'as a log quotes it',
      'host mx.example.com[192.0.2.7] said: 550 5.1.1 The account does not exist here (in reply to RCPT TO command)',
    ],
    ['with odd spaces', 'The  account\tdoes not   exist here'],
  ])('does not matter: %s', (_, text) => {
    expect(classifyReply(ask('rcpt', 550, text, '5.1.1'))).toEqual(plain);
  });

  it('reads bytes shown as \\xNN and UTF-8 that was read as Latin-1', () => {
    expect(meaningOf('rcpt', 550, 'Usu\\xe1rio inv\\xe1lido')).toBe('mailbox_not_found');
    expect(meaningOf('rcpt', 550, 'Usu\u00c3\u00a1rio inv\u00c3\u00a1lido')).toBe('mailbox_not_found');
  });

  it('takes the status from the text if none, or no valid one, was given', () => {
    expect(meaningOf('rcpt', 550, 'sorry (#5.1.1)', null)).toBe('mailbox_not_found');
    expect(meaningOf('rcpt', 550, 'sorry (#5.1.1)', '#5.1')).toBe('mailbox_not_found');
  });

  it('does not depend on names: a mailbox, host or domain with a telling name changes nothing', () => {
    expect(meaningOf('rcpt', 550, '<spam.relay@quota.example>: User unknown')).toBe('mailbox_not_found');
    expect(meaningOf('rcpt', 550, '<user.unknown@example.com>: Relay access denied')).toBe('relay_denied');
  });
});

describe('any input at all', () => {
  const anyQuestion = fc.record({
    stage: fc.constantFrom<ClassifierStage>(...REPLY_STAGES, 'unknown'),
    code: fc.integer({ min: -1, max: 1_000 }),
    enhanced: fc.oneof(fc.constant(null), fc.string({ maxLength: 12 })),
    text: fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc
        .array(
          fc.constantFrom(
            'user',
            'unknown',
            'is',
            '<a@b.example>',
            '192.0.2.7',
            'blocked',
            'not',
            'the',
            '550-5.1.1',
            '\n',
            'mailbox',
            'relay',
            'too many',
          ),
        )
        .map((words) => words.join(' ')),
    ),
    provider: fc.oneof(fc.constant(null), fc.string({ maxLength: 10 })),
  });

  it('gets a meaning of the closed list, and the same one again', () => {
    fc.assert(
      fc.property(anyQuestion, (question) => {
        const reading = classifyReply(question);
        expect(REPLY_MEANINGS).toContain(reading.meaning);
        expect(reading.rule === null).toBe(reading.meaning === 'ambiguous');
        expect(classifyReply({ ...question })).toEqual(reading);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is accepted only if the code is 2xx', () => {
    fc.assert(
      fc.property(anyQuestion, (question) => {
        expect(classifyReply(question).meaning === 'accepted' && Math.floor(question.code / 100) !== 2).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is read in bounded time: a hostile text of maximum length takes this process well under a second', () => {
    for (const unit of ['user ', 'address : ', 'not ', '5 ', 'blocked', '<%a> ', 'пользователь', 'mailbox is ', '@', '"@']) {
      const before = process.cpuUsage();
      meaningOf('rcpt', 550, unit.repeat(Math.ceil(16_384 / unit.length)));
      expect(process.cpuUsage(before).user / 1_000).toBeLessThan(1_000);
    }
  });
});
