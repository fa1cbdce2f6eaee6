// A page for every reason. `REASON_DOCS` is complete by its type: a new reason without its page does not compile.
import { REASON_COPY } from '@/components/verification/reason-sentence';
import { creditsFor } from '@/lib/credits/rules/ledger';
import { RETRY_WAITS_S } from '@/lib/verdict/retry-schedule';
import {
  FINAL_STATUSES,
  POLICY_NAMES,
  REASONS,
  REASONS_BY_STATUS,
  recommend,
  statusOf,
  type Reason,
  type UnknownReason,
} from '@/lib/verdict/verdict';
import { durationWords } from './duration-words';
import { code, table, text, type Block, type DocsPage } from './docs-page';
import { REASON_DOCS } from './reasons.data';
import { magicAddress } from './test-mode';

const UPDATED = '2026-11-29';

export const pathOfReason = (reason: Reason): string => `/docs/reasons/${reason.replaceAll('_', '-')}`;

export const reasonsOverview: DocsPage = {
  path: '/docs/reasons',
  label: 'All reasons',
  title: 'Reasons',
  description:
    'Every reason a verdict can have, by status, with its meaning and its cost. Each has its own page that says what we saw and what to do.',
  updated: UPDATED,
  lead: 'Every verdict has exactly one reason. The list is closed: each new reason is announced in the [changelog](/changelog) and gets a page here.',
  sections: FINAL_STATUSES.map((status) => ({
    id: status,
    heading: status,
    blocks: [
      table(
        `Reasons of ${status}`,
        ['Reason', 'Meaning', 'Credits'],
        REASONS_BY_STATUS[status].map((reason) => [
          `[\`${reason}\`](${pathOfReason(reason)})`,
          REASON_COPY[reason].sentence,
          String(creditsFor(reason)),
        ]),
      ),
    ],
  })),
};

const isUnknown = (reason: Reason): reason is UnknownReason => statusOf(reason) === 'unknown';

function waitsOf(reason: Reason): string {
  if (!isUnknown(reason))
    return 'This answer is final. Asking again gives the same answer until the mailbox or the domain changes.';
  const waits: readonly number[] | null = RETRY_WAITS_S[reason];
  if (waits === null) return 'We do not retry it automatically, because time would change nothing.';
  return `We retry it automatically up to ${waits.length} times, after ${waits.map(durationWords).join(', ')}, unless the reply names a time.`;
}

function replyBlocks(reason: Reason): readonly Block[] {
  const { reply, seen } = REASON_DOCS[reason];
  return reply === null ? [text(seen)] : [text(seen), code('text', `An example reply for ${reason}`, reply)];
}

const pageOf = (reason: Reason): DocsPage => ({
  path: pathOfReason(reason),
  label: reason,
  title: REASON_COPY[reason].label,
  description: `${REASON_COPY[reason].sentence} What we saw, what it costs, and what to do.`,
  updated: UPDATED,
  lead: `\`${reason}\` has the status \`${statusOf(reason)}\`. ${REASON_COPY[reason].sentence}`,
  sections: [
    { id: 'seen', heading: 'What we saw', blocks: replyBlocks(reason) },
    {
      id: 'do',
      heading: 'What to do',
      blocks: [
        text(REASON_DOCS[reason].advice),
        table(
          'Recommendation by policy',
          ['Policy', 'Recommendation'],
          POLICY_NAMES.map((policy) => [`\`${policy}\``, `\`${recommend(reason, policy)}\``]),
        ),
        text(waitsOf(reason)),
      ],
    },
    {
      id: 'cost',
      heading: 'What it costs',
      blocks: [
        text(creditsFor(reason) > 0 ? 'One credit.' : 'Nothing.'),
        text(`With a test key, \`${magicAddress(reason)}\` gets this answer. See [Test mode](/docs/test-mode).`),
      ],
    },
  ],
});

export const reasonPages: readonly DocsPage[] = REASONS.map(pageOf);
