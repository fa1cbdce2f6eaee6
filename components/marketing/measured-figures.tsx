import Link from 'next/link';
import { ACCURACY, CONNECTIONS } from '@/content/accuracy';
import { REASONS_BY_STATUS } from '@/lib/verdict/verdict';

const FIGURES = [
  {
    href: '/accuracy',
    figure: `${ACCURACY.ours.right} of ${ACCURACY.knowable}`,
    title: 'right on real mail servers',
    text: `On a published set of test servers. The simple verifier most people write first gets ${ACCURACY.naive.right} and calls ${ACCURACY.naive.livingCalledDead} live mailboxes dead.`,
  },
  {
    href: '/accuracy',
    figure: String(CONNECTIONS.postfix),
    title: 'connections per address',
    text: 'At a host with 120 addresses. Many questions share one connection, at the host’s own pace, so fewer hosts block us.',
  },
  {
    href: '/pricing#free',
    figure: '$0',
    title: 'for “unknown”',
    text: `When a server won’t say, one of ${REASONS_BY_STATUS.unknown.length} reasons tells you why. You never pay for it, and we never call it “undeliverable”.`,
  },
  {
    href: '/learn/how-it-works#exchange',
    figure: '7 layers',
    title: 'of evidence behind each verdict',
    text: 'Which server was asked, at which step, in how many milliseconds, and its reply word for word. Check any answer we give.',
  },
] as const;

/** Measured figures, each linked to the page that says how it was measured. */
export function MeasuredFigures() {
  return (
    <ul className="grid gap-px overflow-hidden rounded-dialog border border-hairline bg-hairline sm:grid-cols-2 lg:grid-cols-4">
      {FIGURES.map(({ href, figure, title, text }) => (
        <li key={title} className="bg-card">
          <Link
            href={href}
            prefetch={false}
            className="group flex h-full flex-col p-6 -outline-offset-2 transition-colors hover:bg-hover"
          >
            <span className="block text-display font-semibold tracking-tight tabular-nums">{figure}</span>
            <span className="mt-1 block text-body font-semibold">{title}</span>
            <span className="mt-3 block text-body text-muted">{text}</span>
            <span className="mt-auto block pt-4 text-body font-medium text-accent group-hover:underline group-hover:underline-offset-4">
              {href.startsWith('/accuracy')
                ? 'How it was measured'
                : href.startsWith('/pricing')
                  ? 'What is free'
                  : 'What is kept'}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
