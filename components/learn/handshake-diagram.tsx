import { cn } from '@/components/ui/cn';

interface Line {
  /** Which side is speaking. */
  from: 'us' | 'server';
  text: string;
  note: string;
}

const DIALOGUE: readonly Line[] = [
  { from: 'server', text: '220 mx.example.com ESMTP ready', note: 'The host greets. Some refuse strangers right here.' },
  { from: 'us', text: 'EHLO mx1.verifier.example', note: 'We say who we are, by a name that resolves back to us.' },
  { from: 'server', text: '250-mx.example.com\n250-PIPELINING\n250 STARTTLS', note: 'The host lists what it can do.' },
  { from: 'us', text: 'STARTTLS', note: 'It offers encryption, so we use it, as most senders do.' },
  { from: 'server', text: '220 2.0.0 Ready to start TLS', note: 'From here on nobody can listen. EHLO is said once more.' },
  { from: 'us', text: 'MAIL FROM:<>', note: 'The envelope’s sender; empty means “do not answer”.' },
  { from: 'server', text: '250 2.1.0 Ok', note: 'The sender is fine.' },
  { from: 'us', text: 'RCPT TO:<alice@example.com>', note: 'The question itself.' },
  { from: 'server', text: '250 2.1.5 Ok', note: 'The host takes mail for this name.' },
  { from: 'us', text: 'RCPT TO:<x7q2k9w4@example.com>', note: 'Would it take any name? We ask for one that nobody has.' },
  { from: 'server', text: '550 5.1.1 User unknown', note: 'It would not. So the yes above means something.' },
  { from: 'us', text: 'QUIT', note: 'We leave. No DATA, so no message.' },
  { from: 'server', text: '221 2.0.0 Bye', note: 'The host closes the connection.' },
];

const SPEAKER = { us: 'Verifier', server: 'Mail host' } as const;

/** The SMTP dialogue as a sequence between two lifelines. In reading order it is a plain list of who says what. */
export function HandshakeDiagram() {
  return (
    <figure
      className="my-8 rounded-card border border-hairline bg-raised p-4 sm:p-6"
      aria-label="SMTP dialogue between a verifier and a mail host"
    >
      <div aria-hidden="true" className="mb-4 flex justify-between text-table font-semibold">
        <span>{SPEAKER.us}</span>
        <span>{SPEAKER.server}</span>
      </div>
      <ol className="relative border-x-2 border-hairline [&&]:m-0 [&&]:list-none [&&]:px-3 sm:[&&]:px-4">
        {DIALOGUE.map((line) => (
          <li key={line.text} className="[&&]:m-0 [&&]:px-0 [&&]:py-2.5">
            <Message line={line} />
          </li>
        ))}
      </ol>
      <figcaption className="mt-4 text-table text-muted">
        The verdict here: deliverable. Had the first name been refused in the same words, it would have been “no such mailbox”.
      </figcaption>
    </figure>
  );
}

function Message({ line }: { line: Line }) {
  const isOurs = line.from === 'us';
  return (
    <div className={cn('flex flex-col', isOurs ? 'items-start' : 'items-end text-right')}>
      <span className="sr-only">{SPEAKER[line.from]} says: </span>
      <span className="max-w-full font-mono text-table font-medium break-words whitespace-pre-wrap">{line.text}</span>
      <Arrow isLeftToRight={isOurs} />
      <span className="text-table text-muted">{line.note}</span>
    </div>
  );
}

/** An arrow across the gap between the lifelines. */
function Arrow({ isLeftToRight }: { isLeftToRight: boolean }) {
  return (
    <svg
      aria-hidden="true"
      className={cn('my-1 h-2 w-full', isLeftToRight ? 'text-accent' : 'text-control')}
      preserveAspectRatio="none"
      viewBox="0 0 100 8"
    >
      <line x1="0" y1="4" x2="100" y2="4" stroke="currentColor" strokeWidth="1.5" vectorEffect="non-scaling-stroke" />
      <path
        d={isLeftToRight ? 'M98.5 1 100 4 98.5 7' : 'M1.5 1 0 4 1.5 7'}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}
