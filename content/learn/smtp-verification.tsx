import Link from 'next/link';
import { HandshakeDiagram } from '@/components/learn/handshake-diagram';
import { ReplyTable } from '@/components/learn/reply-table';
import { LAYER_COPY } from '@/components/verification/layer-copy';
import { LAYER_NAMES } from '@/lib/verdict/evidence';
import type { Article } from '../article';

export const smtpVerification: Article = {
  path: '/learn/smtp-verification',
  title: 'What is SMTP verification?',
  description:
    'How a mail server is asked whether a mailbox exists without sending a message: the dialogue step by step, its replies, and its limits.',
  updated: '2026-11-29',
  lead: (
    <>
      SMTP verification asks the mail server that is responsible for an address whether it would accept mail for that address. It
      begins a delivery the way any mail server does, listens to the reply, and hangs up before there is a message to deliver.
    </>
  ),
  sections: [
    {
      id: 'idea',
      heading: 'The idea',
      body: (
        <>
          <p>
            Mail travels by SMTP, a protocol in which two machines talk in short lines of text. Before the sending side may hand
            over a message, it has to name the recipient, and the receiving side has to say whether it accepts that name. This
            question comes <em>before</em> the message. So it can be asked on its own.
          </p>
          <p>
            The reply comes from the one machine that can know: the domain’s own mail host. It is better evidence than any list,
            any pattern, and any record in DNS. But it is still what a machine chose to say to a stranger, and the second half of
            this page is about the times when it chooses not to.
          </p>
        </>
      ),
    },
    {
      id: 'dialogue',
      heading: 'The dialogue, step by step',
      body: (
        <>
          <p>
            Here is a whole check of <code>alice@example.com</code>. First, DNS tells us who takes the domain’s mail. Then the
            dialogue begins.
          </p>
          <HandshakeDiagram />
          <p>
            In a real delivery the command after <code>RCPT TO</code> would be <code>DATA</code>, followed by the message. A
            verifier never gets there: it says <code>QUIT</code>. Nothing is queued, nothing arrives, and no inbox shows a trace.
          </p>
        </>
      ),
    },
    {
      id: 'replies',
      heading: 'Reading the reply',
      body: (
        <>
          <p>
            A reply starts with three digits. The first one is the gist: 2 is yes, 4 is not now, 5 is no. Many servers add a
            second, finer number, such as <code>5.1.1</code>, and then words for people.
          </p>
          <ReplyTable />
          <p>
            The hard part is to see <em>what</em> is being refused. <code>550</code> opens “no such user” as well as “your network
            is on our blocklist”. Only the first is about the mailbox. Reading the second as “does not exist” is how good
            addresses get thrown away. So we read code, status and words together, and if they are about us, the verdict is{' '}
            <em>unknown</em>.
          </p>
        </>
      ),
    },
    {
      id: 'limits',
      heading: 'Its limits',
      body: (
        <>
          <h3>Catch-all domains</h3>
          <p>
            A catch-all domain says yes to anything. To detect one, the verifier asks about a name that surely does not exist. If
            the server accepts that as well, its yes to the real name proves nothing, and the verdict is <em>risky</em>.
          </p>
          <p>
            Every mail host also has to accept mail for <code>postmaster</code> (RFC 5321, section 4.5.1), so this one name proves
            nothing either way.
          </p>
          <h3>Greylisting</h3>
          <p>
            Some servers put off every sender they have not met, because spammers seldom return. The remedy is to come back after
            the time they name, from the same address and with the same sender. Until then nothing is known.
          </p>
          <h3>Rate limits</h3>
          <p>
            Ask too much in too short a time and a server stops answering, often with the same codes it uses for other things. The
            remedy is to ask less: few connections, several recipients on each, and a pace the server accepts.
          </p>
          <h3>Blocks</h3>
          <p>
            A server may refuse to talk to a whole network, to a host without proper reverse DNS, or to a sender it does not like.
            That is an opinion about the verifier. It says nothing about the mailbox.
          </p>
          <h3>Providers that decide later</h3>
          <p>
            A few providers accept each recipient at first and send a bounce after they have the message. No check from outside
            can see through that. Saying so is better than guessing.
          </p>
        </>
      ),
    },
    {
      id: 'seven-layers',
      heading: 'One of seven layers',
      body: (
        <>
          <p>
            The dialogue is the sixth of the seven questions that Email Verifier asks. The ones before it are cheaper, and three
            of them can settle the matter without any connection: a malformed address, a domain that does not exist, a domain
            without a mail host.
          </p>
          <ol>
            {LAYER_NAMES.map((name) => (
              <li key={name}>
                <strong>{LAYER_COPY[name].title}.</strong> {LAYER_COPY[name].question}
              </li>
            ))}
          </ol>
          <p>
            Each answer is kept with its evidence: the host, the code and the words.{' '}
            <Link href="/learn/how-it-works">How it works</Link> follows an address through all seven.
          </p>
        </>
      ),
    },
    {
      id: 'developers',
      heading: 'Check your own addresses',
      body: (
        <ul>
          <li>
            One address: the <Link href="/">free verifier</Link> shows the dialogue, without an account.
          </li>
          <li>
            A list: <Link href="/use-cases/list-cleaning">upload a file</Link>, see the most it can cost, and get it back with a
            verdict in every row.
          </li>
          <li>
            Your own program: one API call returns the verdict with its layers and evidence. There are{' '}
            <Link href="/developers">SDKs in seven languages</Link>, and a <Link href="/docs">quick start</Link>.
          </li>
        </ul>
      ),
    },
  ],
  howTo: {
    name: 'How an address is verified over SMTP',
    steps: [
      'Look up the MX records of the domain to find its mail hosts.',
      'Connect to the most preferred mail host on port 25 and wait for its greeting.',
      'Say EHLO with a host name that resolves back to the address you connect from.',
      'If the host offers STARTTLS, encrypt the connection and say EHLO again.',
      'Say MAIL FROM with the null sender.',
      'Say RCPT TO with the address in question, and keep the reply.',
      'Say RCPT TO with a made-up name at the same domain, to find out whether the domain accepts every name.',
      'Say QUIT. DATA is never sent, so no message exists.',
    ],
  },
  sources: [
    { title: 'RFC 5321, Simple Mail Transfer Protocol', url: 'https://www.rfc-editor.org/rfc/rfc5321', read: null },
    { title: 'RFC 3463, Enhanced Mail System Status Codes', url: 'https://www.rfc-editor.org/rfc/rfc3463', read: null },
  ],
  faq: [
    {
      question: 'Does SMTP verification send an email?',
      answer:
        'No. A message can only follow the DATA command, and a verifier ends the dialogue before it. The mailbox receives nothing, and its owner is not notified.',
    },
    {
      question: 'Does a 250 reply prove that the mailbox exists?',
      answer:
        'Only on a domain that refuses names that do not exist. If a made-up name gets a 250 too, or if the provider is known to accept everything at this point, the 250 proves nothing.',
    },
    {
      question: 'Does a 550 reply prove that the mailbox does not exist?',
      answer:
        'Not by itself. Servers use 550 for unknown users, and also for senders they block and for policies of all kinds. Read the finer status and the words with it.',
    },
    {
      question: 'Why not use VRFY, the command made for this?',
      answer:
        'SMTP has had a command for verifying names from the start. Nearly every server has it switched off or answers it without saying anything, because it made harvesting addresses easy.',
    },
    {
      question: 'Why does the answer sometimes take minutes?',
      answer:
        'A greylisting server asks unknown senders to come back later, and gives no time or only a vague one. The check then waits and asks again, and the verdict is pending until it has.',
    },
    {
      question: 'Can I run such checks from my own computer?',
      answer:
        'Often not. Most access providers and clouds block outgoing connections to port 25, and many mail hosts do not talk to addresses without matching forward and reverse DNS names.',
    },
  ],
  callToAction: {
    title: 'See the dialogue for your own address',
    text: 'The free verifier shows each layer as it answers, and the server’s own words. No account needed.',
    first: 'check',
  },
};
