import Link from 'next/link';
import type { Article } from './article';

export const security: Article = {
  path: '/security',
  title: 'Security',
  description:
    'How Email Verifier protects accounts, keys and the addresses you check, what it never does to mail servers, and how to report a vulnerability.',
  updated: '2026-11-29',
  lead: (
    <>
      What we do to keep accounts, keys and lists safe, and how to tell us when we missed something. Everything here is in the
      source, where you can check it.
    </>
  ),
  sections: [
    {
      id: 'report',
      heading: 'Report a vulnerability',
      body: (
        <>
          <p>
            Report it privately: to the address in <code>/.well-known/security.txt</code> if this installation has one, or through
            the repository’s form under Security, “Report a vulnerability”. Please don’t open a public issue.
          </p>
          <p>
            Say what you did, what happened, and what an attacker could do with it. A script or a request is worth more than a
            page of text. We tell you when we have read it, whether we can reproduce it, and when it is fixed. We name you in the
            release notes if you like.
          </p>
        </>
      ),
    },
    {
      id: 'accounts',
      heading: 'Accounts and keys',
      body: (
        <ul>
          <li>Passwords are stored as argon2id hashes, and weak ones are refused.</li>
          <li>
            A sign-up becomes an account only when the link in the mail is opened and confirmed, so nobody owns an address by
            typing it first.
          </li>
          <li>
            Sessions end on the server when you sign out. Settings show where you are signed in, and can end one session or all.
          </li>
          <li>Wrong passwords from elsewhere are slowed down without locking you out of your own browser.</li>
          <li>API keys are shown once and kept as hashes. Each can have a monthly budget and can be revoked at any time.</li>
        </ul>
      ),
    },
    {
      id: 'data',
      heading: 'Your data',
      body: (
        <ul>
          <li>
            Everything belongs to a workspace, and no workspace can read anything of another: not in any page, call, stream,
            export or webhook. Tests try to break this.
          </li>
          <li>Addresses and secrets are not written to logs.</li>
          <li>The rows of a list are deleted after the time you choose, 1 to 90 days, or at once when you ask.</li>
          <li>Cards are handled by Stripe on Stripe’s pages. Their numbers never reach us.</li>
          <li>
            <Link href="/privacy">Privacy</Link> says what is kept and for how long.
          </li>
        </ul>
      ),
    },
    {
      id: 'web',
      heading: 'Pages and webhooks',
      body: (
        <ul>
          <li>Every page has a content security policy with a nonce. There are no third-party scripts and no trackers.</li>
          <li>Cookies are HttpOnly and SameSite, and Secure wherever the site has https. Production refuses plain http.</li>
          <li>Webhooks are signed with a timestamp, according to Standard Webhooks, so an old one can’t be replayed.</li>
          <li>Nothing that a customer types can make a webhook or a check connect to a private address.</li>
        </ul>
      ),
    },
    {
      id: 'mail-hosts',
      heading: 'Other people’s mail servers',
      body: (
        <ul>
          <li>
            <code>DATA</code> is never sent, so no message can leave through a check.
          </li>
          <li>
            How much we ask a mail host is limited per address and hour, across all customers, no matter which names lead to it.
          </li>
          <li>What a server sends is limited in size and time, and is only ever shown as text.</li>
        </ul>
      ),
    },
    {
      id: 'not',
      heading: 'What we don’t have',
      body: (
        <p>
          No certificate such as SOC 2 or ISO 27001, no second factor at sign-in, and no bug bounty. Better that you read it here
          than in a questionnaire.
        </p>
      ),
    },
  ],
  sources: [],
  faq: [
    {
      question: 'Which versions get fixes?',
      answer: 'The newest release, on Node 22 and 24.',
    },
    {
      question: 'Our mail server sees your connections. How do we stop them?',
      answer:
        'Refuse us with a clear reply. We read it as a refusal of us, never as an answer about a mailbox, and we back off. The operator of the installation can limit a host further.',
    },
  ],
  callToAction: {
    title: 'See for yourself',
    text: 'The whole product is open source. Read the code, run it yourself, or try it here first.',
    first: 'check',
  },
};
