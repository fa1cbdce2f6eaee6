// What each reason means: what was seen, a mail server's reply if there is one, and what to do. A test checks that our classifier reads
// each reply as its reason says.
import type { Reason } from '@/lib/verdict/verdict';

interface ReasonDoc {
  seen: string;
  /** Code, enhanced status and text, as sent by a mail server. Null: no mail server said anything. */
  reply: string | null;
  advice: string;
}

export const REASON_DOCS: Record<Reason, ReasonDoc> = {
  mailbox_exists: {
    seen: 'The mail server accepted this name at `RCPT TO` and refused a made-up one at the same domain. So its yes means something.',
    reply: '250 2.1.5 Recipient ok',
    advice: 'Send. The verdict does not say who reads the mailbox, or whether they want your mail.',
  },
  catch_all: {
    seen: 'The server accepted this name, and a made-up one as well. Its yes says nothing about one mailbox.',
    reply: '250 2.1.5 Recipient ok',
    advice:
      'Look at `grade`: likely, uncertain or unlikely, with its basis. It is an estimate, never a proof. Confirm with double opt-in if you can.',
  },
  disposable: {
    seen: 'The domain, or the mail server behind it, belongs to a provider of disposable addresses. The mailbox may exist for minutes.',
    reply: null,
    advice:
      'Ask for another address at a signup form. Relay services that forward to a real mailbox are not disposable: they have their own flag, `relay`.',
  },
  role_account: {
    seen: 'The server accepted the mailbox, and its name stands for a function: `info`, `support`, `billing`.',
    reply: '250 2.1.5 Recipient ok',
    advice:
      'Fine for an invoice or a password reset. For a newsletter, ask: several people may read it, and none of them may have signed up.',
  },
  mailbox_full: {
    seen: 'The server knows the mailbox and says that it is over its quota.',
    reply: '552 5.2.2 Recipient address rejected: Mailbox is full',
    advice: 'Try again in a few days. A mailbox that stays full is often abandoned.',
  },
  typo_domain: {
    seen: 'The domain is a known look-alike of a big mail provider. Someone takes its mail, but hardly the person you mean.',
    reply: null,
    advice: 'Show `did_you_mean` and let the person correct it. Do not correct it for them.',
  },
  blocklisted: {
    seen: 'The address, or its domain, is on the [blocklist](/settings/blocklist) of your own workspace. No mail server was asked, nothing was charged, and the answer is not remembered.',
    reply: null,
    advice:
      'Do not send: somebody of your workspace decided so. The summary of each layer names the entry. Take it off the blocklist to have the address asked about.',
  },
  mailbox_not_found: {
    seen: 'The server says at `RCPT TO` that there is no such mailbox, or every mail server of the domain says that it does not serve the domain.',
    reply: '550 5.1.1 Recipient address rejected: User unknown in virtual mailbox table',
    advice: 'Do not send. If mail does arrive there, tell us through [feedback](/docs/api), and the verdict is corrected.',
  },
  mailbox_disabled: {
    seen: 'The server knows the name and says that the mailbox was switched off.',
    reply: '550 5.2.1 Mailbox disabled for this recipient',
    advice: 'Do not send. Some come back: verify it again in a few months.',
  },
  syntax_invalid: {
    seen: 'No public mail server could accept this spelling (RFC 5321, RFC 6531). No mail server was asked.',
    reply: null,
    advice: 'Ask for the address again. `did_you_mean` suggests a correction if there is an obvious one.',
  },
  provider_syntax: {
    seen: 'The provider does not allow such names: Gmail, for example, has none with an underscore. No mail server was asked.',
    reply: null,
    advice: 'Ask for the address again. We only use rules that cannot refuse an existing mailbox.',
  },
  domain_not_found: {
    seen: 'The name servers say that the domain does not exist (NXDOMAIN), and we checked that our resolver tells the truth.',
    reply: null,
    advice: 'Do not send. It is often a typo: ask for the address again.',
  },
  no_mx: {
    seen: 'The domain exists, but has neither an MX record nor an address that could take its mail.',
    reply: null,
    advice: 'Do not send. A domain that is being moved can be without a mail server for an hour.',
  },
  null_mx: {
    seen: 'The domain has a null MX record (RFC 7505): it declares that it takes no mail.',
    reply: null,
    advice: 'Do not send.',
  },
  mx_unroutable: {
    seen: 'No mail server of the domain has an address on the public internet, or none of their names resolves.',
    reply: null,
    advice: 'Do not send. Nobody on the public internet can deliver there.',
  },
  greylisted: {
    seen: 'The server puts off senders it does not know and gives its real answer later. It put us off each time we came back.',
    reply: '451 4.7.1 Recipient address rejected: Greylisted, please try again in 5 seconds',
    advice: 'Let the person through at a form. For a list, use **Retry unknowns** later: rows that stay unknown cost nothing.',
  },
  rate_limited: {
    seen: 'The server says that we asked too often. That is about us, not about the mailbox.',
    reply: '450 4.7.1 Error: too many recipients from 192.0.2.7',
    advice: 'Retry in a few hours. Nothing is wrong with the address.',
  },
  probe_blocked: {
    seen: 'The server refused us, not the mailbox, because of a blocklist, our reputation, our sender, or a rule. We tried all of our addresses.',
    reply: '550 5.7.1 Service unavailable, Client host [192.0.2.7] blocked using Spamhaus',
    advice: 'Treat it as not known. If you have sent to it before, trust your own deliveries.',
  },
  provider_unverifiable: {
    seen: 'The provider accepts every recipient and sends bounces after the message, so its yes means nothing, and nobody can tell from outside.',
    reply: '250 2.1.5 Recipient ok',
    advice: 'Confirm with double opt-in. Asking again gives the same answer.',
  },
  connect_failed: {
    seen: 'No mail server of the domain accepted a connection at any of its addresses.',
    reply: null,
    advice: 'Retry later. A server that can’t be reached for days takes no mail either.',
  },
  no_response: {
    seen: 'The server accepted the connection, but then did not answer within the time limit of a phase.',
    reply: null,
    advice: 'Retry later.',
  },
  disconnected: {
    seen: 'The server closed the connection before it answered for this mailbox, on every route that we tried.',
    reply: null,
    advice: 'Retry later.',
  },
  timeout: {
    seen: 'The check ran out of time before the server had said enough. The server answers very slowly.',
    reply: null,
    advice: 'Retry later, or give the call a larger `timeout_ms`.',
  },
  temporary_failure: {
    seen: 'The server says that it can’t tell right now, for example because it can’t reach its own list of mailboxes.',
    reply: '451 4.3.0 Temporary lookup failure',
    advice: 'Retry in an hour.',
  },
  dns_temporary_error: {
    seen: 'The name servers of the domain failed (SERVFAIL, or no answer at all), which says nothing about the domain.',
    reply: null,
    advice: 'Retry later. A domain whose name servers fail for days can’t take mail.',
  },
  smtp_protocol_error: {
    seen: 'What answered on the mail port does not speak SMTP.',
    reply: null,
    advice: 'Treat it as not known. The cause is often a wrong port or a captive network on the other side.',
  },
  ambiguous_reply: {
    seen: 'The server refused in words that can be read more than one way. We keep them as evidence and never guess.',
    reply: '554 Transaction failed',
    advice: 'Read the words in `evidence`. They may tell you more than they tell us.',
  },
  internal_error: {
    seen: 'One of our layers failed, and the others do not settle the verdict.',
    reply: null,
    advice: 'Retry. If the problem persists, send us the id of the verification.',
  },
};
