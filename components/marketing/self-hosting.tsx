import { Fragment } from 'react';
import { CheckList } from '@/components/ui/check-list';
import { TextLink } from './text-link';
import { WindowFrame } from './window-frame';

/** The time is one of the later starts in docs/measurements.md (1.8 to 2.5 s). */
const LINES = [
  { prompt: true, text: 'npm start' },
  { prompt: false, text: '[email-verifier] ready after 2.1 s: http://localhost:3000' },
  { prompt: true, text: 'npm run -s cli -- verify alice@deliverable.sandbox.test' },
  { prompt: false, text: '{"status":"deliverable","reason":"mailbox_exists", …}' },
] as const;

const FACTS = [
  'Everything is under the MIT license: web, workers, lists, API, billing and the SDKs.',
  'One command starts it, and it needs only PostgreSQL. To grow, run workers wherever your sending addresses are.',
  'Addresses never leave your machines, except to ask the mail servers they belong to.',
];

/** Says that people can run everything themselves, and how to start. */
export function SelfHosting() {
  return (
    <div className="grid items-start gap-10 lg:grid-cols-2 lg:gap-16">
      <div>
        <CheckList items={FACTS} className="gap-4 text-lead" />
        <div className="mt-6">
          <TextLink href="/docs/self-hosting">Run it yourself</TextLink>
        </div>
      </div>
      <WindowFrame title="Terminal">
        <pre
          role="region"
          tabIndex={0}
          aria-label="Starting it on one machine"
          className="p-4 font-mono text-meta leading-6 break-words whitespace-pre-wrap -outline-offset-2 sm:p-5 sm:text-table sm:leading-6"
        >
          {LINES.map(({ prompt, text }) => (
            <span key={text} className={`block ${prompt ? 'text-fg' : 'text-muted'}`}>
              {prompt && <span className="text-accent">$ </span>}
              {text.split(/(?<=,)/).map((part) => (
                <Fragment key={part}>
                  {part}
                  <wbr />
                </Fragment>
              ))}
            </span>
          ))}
        </pre>
      </WindowFrame>
    </div>
  );
}
