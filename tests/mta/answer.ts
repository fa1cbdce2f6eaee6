// The parts of an answer from the command line or the API that the suite checks, and their comparison with the truth.
import { z } from 'zod';
import { creditsFor } from '@/lib/credits/rules/ledger';
import { FLAG_NAMES, statusOf } from '@/lib/verdict/verdict';
import type { Report } from './report';
import type { Truth } from './truth';

export const answerSchema = z.object({
  email: z.string(),
  status: z.string(),
  reason: z.string().nullable(),
  flags: z.record(z.enum(FLAG_NAMES), z.boolean().nullable()),
  /** Only in answers of the API. */
  credits_charged: z.number().optional(),
  evidence: z.array(
    z.object({
      host: z.string().nullable(),
      /** HELO name */
      identity: z.string().nullable(),
      stage: z.string(),
      code: z.number().nullable(),
      text: z.string(),
    }),
  ),
});
export type Answer = z.infer<typeof answerSchema>;

const lastWords = (answer: Answer): string => {
  const item = answer.evidence.at(-1);
  return item === undefined ? 'no evidence' : `${item.stage} ${item.code ?? ''} ${item.text.slice(0, 120)}`;
};

/** One check for each address: verdict, expected flags, and evidence for every answer that depended on somebody else. */
export function checkAnswer(report: Report, truth: Truth, answers: readonly Answer[]): void {
  const [answer] = answers;
  if (answer === undefined || answers.length !== 1) {
    report.check(false, `${truth.address}: ${answers.length} answers instead of one`);
    return;
  }
  const faults: string[] = [];
  const status = statusOf(truth.reason);
  report.countAddress({ isFalselyUndeliverable: answer.status === 'undeliverable' && status !== 'undeliverable' });
  if (answer.status !== status || answer.reason !== truth.reason) {
    faults.push(
      `expected ${status}: ${truth.reason} (${truth.why}); got ${answer.status}: ${answer.reason} (${lastWords(answer)})`,
    );
  }
  for (const flag of FLAG_NAMES) {
    const wanted = truth.flags[flag];
    if (wanted !== undefined && answer.flags[flag] !== wanted)
      faults.push(`flag ${flag} is ${answer.flags[flag]}, not ${wanted}`);
  }
  if (truth.host !== null && answer.evidence.length === 0) faults.push('a verdict without evidence');
  const credits = creditsFor(truth.reason);
  if (answer.credits_charged !== undefined && answer.credits_charged !== credits)
    faults.push(`charged ${answer.credits_charged}, not ${credits}`);
  report.check(faults.length === 0, `${truth.address}: ${faults.join('; ')}`);
}
