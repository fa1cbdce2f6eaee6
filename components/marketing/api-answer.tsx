import { JsonText } from './json-text';
import { TextLink } from './text-link';
import { WindowFrame } from './window-frame';

interface ApiAnswerProps {
  request: string;
  /** A part of the answer, as the API's document shows it. */
  answer: Record<string, unknown>;
}

const CODE = 'scrolls-x overflow-x-auto p-4 font-mono text-meta leading-5 -outline-offset-2 sm:p-5 sm:text-table';

const MANNERS = [
  { title: 'Never hangs', text: 'You set the timeout. If it ends first you get 202 and a link, and the check goes on.' },
  { title: 'Safe to retry', text: 'Every call that spends takes an Idempotency-Key. A retry is never charged twice.' },
  {
    title: 'Free to test',
    text: 'With a test key you choose the answer by the address: in calls, lists and signed webhooks.',
  },
];

/** A request beside its answer. */
export function ApiAnswer({ request, answer }: ApiAnswerProps) {
  return (
    <>
      <div className="grid gap-6 lg:grid-cols-2">
        <WindowFrame title="POST /v1/verify/single" note="curl">
          <pre role="region" tabIndex={0} aria-label="Request" className={CODE}>
            <code>{request}</code>
          </pre>
          <ul className="border-t border-hairline">
            {MANNERS.map(({ title, text }) => (
              <li key={title} className="border-b border-hairline px-4 py-3 last:border-b-0 sm:px-5">
                <p className="text-body font-semibold">{title}</p>
                <p className="text-body text-muted">{text}</p>
              </li>
            ))}
          </ul>
        </WindowFrame>
        <WindowFrame title="200 OK" note="application/json, shortened">
          <pre role="region" tabIndex={0} aria-label="Answer" className={CODE}>
            <JsonText value={answer} />
          </pre>
        </WindowFrame>
      </div>
      <div className="mt-6 flex flex-wrap gap-x-8 gap-y-2">
        <TextLink href="/docs">Read the quick start</TextLink>
        <TextLink href="/developers">Choose an SDK</TextLink>
      </div>
    </>
  );
}
