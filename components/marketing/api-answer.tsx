import { TextLink } from './text-link';
import { WindowFrame } from './window-frame';
import { Fragment } from 'react';

interface ApiAnswerProps {
  request: string;
  /** A part of the answer, as in the API's documentation. */
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
  { title: 'No surprises', text: 'Headers say what each answer cost, what is left, and how many calls you may still make.' },
];

/** A request next to its answer. */
export function ApiAnswer({ request, answer }: ApiAnswerProps) {
  return (
    <>
      <div className="grid gap-6 lg:grid-cols-2">
        <WindowFrame title="POST /v1/verify/single" note="curl">
          <pre role="region" tabIndex={0} aria-label="Request" className={CODE}>
            <code>{request}</code>
          </pre>
          <ul className="grid grow border-t border-hairline">
            {MANNERS.map(({ title, text }) => (
              <li key={title} className="flex flex-col justify-center border-b border-hairline px-4 py-3 last:border-b-0 sm:px-5">
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

const TOKEN = /("(?:[^"\\]|\\.)*"(?=:))|("(?:[^"\\]|\\.)*")|\b(-?\d+(?:\.\d+)?|true|false|null)\b/g;

/** JSON with names, strings and other values in different colors. */
function JsonText({ value }: { value: unknown }) {
  const json = JSON.stringify(value, null, 2);
  const tokens = [...json.matchAll(TOKEN)];
  return (
    <code>
      {tokens.map((token, index) => {
        const [text, name, string] = token;
        const before = tokens[index - 1];
        const gap = json.slice(before === undefined ? 0 : before.index + before[0].length, token.index);
        const tone = name !== undefined ? 'text-fg' : string !== undefined ? 'text-deliverable' : 'text-pending';
        return (
          <Fragment key={token.index}>
            <span className="text-muted">{gap}</span>
            <span className={tone}>{text}</span>
          </Fragment>
        );
      })}
      <span className="text-muted">{json.slice((tokens.at(-1)?.index ?? 0) + (tokens.at(-1)?.[0].length ?? 0))}</span>
    </code>
  );
}
