import { expect, it } from 'vitest';
import { REPLY_JUDGED_MAX_CHARS } from '@/lib/platform/limits';
import { toCame } from './exchange';
import type { ClassifyReply } from './ports';

const judged = (text: string): string => {
  let seen = '';
  const classify: ClassifyReply = (reply) => {
    seen = reply.text;
    return { meaning: 'ambiguous', rule: null };
  };
  toCame({ code: 550, enhanced: null, text }, 'rcpt', { provider: null, classify });
  return seen;
};

it('a reply is judged whole up to its limit, and beyond it by its beginning and its end', () => {
  const longest = 'x'.repeat(REPLY_JUDGED_MAX_CHARS);
  expect(judged(longest)).toBe(longest);
  const half = REPLY_JUDGED_MAX_CHARS / 2;
  expect(judged(`a${longest}z`)).toBe(`a${'x'.repeat(half - 1)}\n${'x'.repeat(half - 1)}z`);
});
