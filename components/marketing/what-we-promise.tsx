interface Promise {
  title: string;
  text: string;
}

const PROMISES: readonly Promise[] = [
  {
    title: 'No message is ever sent',
    text: 'The dialogue ends before DATA, the command that would start a message. There is no code path that sends it.',
  },
  {
    title: 'A refusal of us is not an answer about the mailbox',
    text: 'When a server blocks or throttles us, the verdict is unknown, with the server’s words beside it. It is never “does not exist”.',
  },
  {
    title: 'Polite by construction',
    text: 'A domain is asked for a made-up name at most once a day, and there is a cap on how often one domain is asked within an hour, over all customers.',
  },
  {
    title: 'We wait out greylisting',
    text: 'A server that says “come back later” is asked again at the time it named, from the same address, and the answer changes in front of you.',
  },
  {
    title: 'What nobody can see, we do not claim',
    text: 'Spam traps and frequent complainers look like any other mailbox to the mail protocol. We do not pretend to find them.',
  },
  {
    title: 'Yours to run',
    text: 'You can run the whole product on your own machine, with test mail servers built in, so that you can try every behavior.',
  },
];

export function WhatWePromise() {
  return (
    <ul className="grid gap-x-10 gap-y-8 sm:grid-cols-2">
      {PROMISES.map((promise) => (
        <li key={promise.title}>
          <h3 className="text-lead font-semibold">{promise.title}</h3>
          <p className="mt-1 text-body text-muted">{promise.text}</p>
        </li>
      ))}
    </ul>
  );
}
