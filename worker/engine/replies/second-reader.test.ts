import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { REPLY_MEANINGS, REPLY_STAGES } from '@/lib/verdict/evidence';
import { buildReplyClassifier, REPLY_RULES } from './classify';
import { LEARNED } from './learned.data';
import { normalizeReply } from './normalize-reply';
import { REPLY_CASES, TRAPS } from './reply-cases.data';
import type { ClassifierStage } from './rule';
import { ABOUT_RECIPIENT, LEARNED_READER, parseWeights, secondReader, type Question, type SecondReader } from './second-reader';
import { readStatements } from './statements';

const WEIGHTS = parseWeights(
  ['mailbox_not_found', 'policy_other'],
  ['=nobody 200 -200', '=lives 200 -200', '=here 100 -100', '~nobod 50 -50', '=odd -100 100', '=hat -100 100', '=man 0 0'].join(
    '\n',
  ),
);
const readerOf = (weights = WEIGHTS) => {
  const second = secondReader(weights);
  return (question: Question, text: string, { enhanced = '', least = 0.5 }: { enhanced?: string; least?: number } = {}) => {
    const reply = normalizeReply(text, enhanced === '' ? null : enhanced);
    return second({ question, reply, said: readStatements(reply.text, question.stage) }, least);
  };
};
const read = readerOf();
const AT_RCPT: Question = { stage: 'rcpt', code: 550 };

describe('what the second reader says', () => {
  it('names the words that counted most for the meaning', () => {
    expect(read(AT_RCPT, 'odd hat')).toEqual({ meaning: 'policy_other', said: 'learned.odd+hat' });
    expect(read(AT_RCPT, 'nobody lives in this street')).toEqual({ meaning: 'mailbox_not_found', said: 'learned.nobody+lives' });
  });

  it('is nothing if it is less sure than required', () => {
    expect(read(AT_RCPT, 'odd hat lives man')).not.toBeNull();
    expect(read(AT_RCPT, 'odd hat lives man', { least: 0.999 })).toBeNull();
  });

  it('is nothing if it knows fewer than two words, whatever code and status say', () => {
    const sure = readerOf(
      parseWeights(['policy_other', 'relay_denied'], 'all 900 0\ncode:550 900 0\nstatus:1.1 900 0\n=odd 900 0'),
    );
    expect(sure(AT_RCPT, 'odd xyzzy', { enhanced: '5.1.1' })).toBeNull();
    expect(sure(AT_RCPT, '')).toBeNull();
  });

  it('does not read the letters of a ticket as words', () => {
    const second = readerOf(parseWeights(['policy_other', 'relay_denied'], '=c 900 0\n=f 900 0\n=a 900 0'));
    expect(second(AT_RCPT, 'xyzzy [ticket 8f3a21c7]')).toBeNull();
  });

  it('does not depend on a host name or a link', () => {
    expect(read(AT_RCPT, 'odd hat https://nobody.example/lives/here')).toEqual(read(AT_RCPT, 'odd hat'));
  });
});

describe('the second reader says nothing about a mailbox', () => {
  const text = 'nobody lives here';
  it.each<[string, Question, string, string]>([
    ['before RCPT', { stage: 'mail', code: 550 }, text, ''],
    ['in place of a greeting', { stage: 'connect', code: 554 }, text, ''],
    ['with a 4yz code', { stage: 'rcpt', code: 450 }, text, ''],
    ['out of order', { stage: 'rcpt', code: 503 }, text, ''],
    ['with a status of policy', AT_RCPT, text, '5.7.1'],
    ['with a status of the sender', AT_RCPT, text, '5.1.8'],
    ['beside a word of policy', AT_RCPT, `${text} by policy`, ''],
    ['beside a refusal', AT_RCPT, `${text} so it is denied`, ''],
    ['beside a block', AT_RCPT, `${text} as you are blacklisted`, ''],
    ['beside a login', AT_RCPT, `${text} after login`, ''],
    ['beside our address', AT_RCPT, `${text} at your IP`, ''],
    ['beside a machine', AT_RCPT, `${text} in the database`, ''],
  ])('%s', (_, question, said, enhanced) => {
    expect(read(AT_RCPT, text)?.meaning).toBe('mailbox_not_found');
    expect(read(question, said, { enhanced })?.meaning).not.toBe('mailbox_not_found');
  });

  it('whatever words are put together, with the weights that were learned', () => {
    const words = [
      ...(REPLY_CASES.mailbox_not_found ?? []),
      ...(REPLY_CASES.mailbox_full ?? []),
      ...(TRAPS.policy_other ?? []),
    ].flatMap(([, , , said]) => said.split(' '));
    const learned: SecondReader = LEARNED_READER;
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...words), { minLength: 2, maxLength: 8 }),
        fc.constantFrom<ClassifierStage>(...REPLY_STAGES, 'unknown'),
        fc.integer({ min: 400, max: 599 }),
        (several, stage, code) => {
          const reply = normalizeReply(several.join(' '), null);
          const again = learned({ question: { stage, code }, reply, said: readStatements(reply.text, stage) }, 0.3);
          const isNamed = (stage === 'rcpt' || stage === 'unknown') && code >= 500;
          expect(again !== null && ABOUT_RECIPIENT.has(again.meaning) && !isNamed).toBe(false);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

describe('when the second reader is asked', () => {
  const asked: number[] = [];
  const classify = buildReplyClassifier(REPLY_RULES, (_, least) => {
    asked.push(least);
    return { meaning: 'relay_denied', said: 'learned.test' };
  });
  const at = (code: number, text: string) => {
    asked.length = 0;
    return { ...classify({ stage: 'rcpt', code, text, enhanced: null, provider: null }), asked: [...asked] };
  };

  it('is not if a statement is clear', () => {
    expect(at(550, 'User unknown')).toEqual({ meaning: 'mailbox_not_found', rule: 'read.recipient.unknown', asked: [] });
  });

  it('is if nothing was stated', () => {
    expect(at(550, 'xyzzy plugh')).toEqual({ meaning: 'relay_denied', rule: 'read.learned.test', asked: [0.45] });
  });

  it('is if two readings tie, and then must be surer', () => {
    expect(at(550, 'recipient refused')).toMatchObject({ meaning: 'relay_denied', asked: [0.55] });
  });
});

describe('the weights', () => {
  it('are few: at most a thousand lines, with a number for each meaning', () => {
    const lines = LEARNED.weights.split('\n');
    expect(lines.length).toBeLessThanOrEqual(1_000);
    expect(lines.every((line) => /^\S+(?: -?\d+){11}$/.test(line))).toBe(true);
    expect([...LEARNED.meanings, 'accepted', 'ambiguous'].sort()).toEqual([...REPLY_MEANINGS].sort());
  });

  it('contain words and no addresses', () => {
    expect(LEARNED.weights).not.toMatch(/@|\d\.\d+\.\d+\.\d/);
  });
});
