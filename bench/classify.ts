// Replies classified a second on one core: texts never seen before, and the texts of few servers that recur with other addresses in them,
// as in a list. Run: npm run bench -- classify [--count 100000] [--warm-up 20000]
import { parseArgs } from 'node:util';
import { classifyReply } from '@/worker/engine/replies/classify';
import { REPLY_CASES, TRAPS, type ReplyCase } from '@/worker/engine/replies/reply-cases.data';
import type { ReplyQuestion } from '@/worker/engine/replies/rule';
import { machine, round } from './world/machine';

const { values } = parseArgs({
  options: { count: { type: 'string', default: '100000' }, 'warm-up': { type: 'string', default: '20000' } },
});
const count = Number(values.count);
const warmUp = Number(values['warm-up']);
const cases: readonly ReplyCase[] = [REPLY_CASES, TRAPS].flatMap((table) => Object.values(table).flat());

/** A word of letters, unique to the number: digits and names would be masked, which would repeat a text. */
const wordOf = (at: number): string => at.toString().replace(/\d/g, (digit) => 'abcdefghij'.charAt(Number(digit)));

console.log(
  JSON.stringify({
    bench: 'classify',
    machine: machine(),
    replies: count,
    texts: cases.length,
    distinct: measure((at) => `ref ${wordOf(at)}`),
    repeated: measure((at) => `<box${at}@example.com>`),
  }),
);

/** Questions are built before the clock starts, so that only the classifier is measured. */
function questionsOf(from: number, length: number, tailOf: (at: number) => string): ReplyQuestion[] {
  return Array.from({ length }, (_, offset) => {
    const [stage, code, enhanced, text] = cases[(from + offset) % cases.length] ?? ['rcpt', 550, '', ''];
    return { stage, code, enhanced, text: `${text} ${tailOf(from + offset)}`, provider: null };
  });
}

function measure(tailOf: (at: number) => string): { replies_per_s: number; us_a_reply: number } {
  for (const question of questionsOf(0, warmUp, tailOf)) classifyReply(question);
  const questions = questionsOf(warmUp, count, tailOf);
  const started = performance.now();
  for (const question of questions) classifyReply(question);
  const elapsedMs = performance.now() - started;
  return { replies_per_s: round((count / elapsedMs) * 1_000), us_a_reply: round((elapsedMs * 1_000) / count, 1) };
}
