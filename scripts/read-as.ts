// What the second reader's weights were learned from: a print of the features that fixed replies have. The script that learns
// writes it beside the weights, and a test compares, so that weights are known to be older than the way replies are read.
// The families of words are no part of it: every labeled reply is learned from, whatever the words make of it.
import { createHash } from 'node:crypto';
import { normalizeReply } from '@/worker/engine/replies/normalize-reply';
import type { ReplyCase } from '@/worker/engine/replies/reply-cases.data';
import { featuresOf, type Question } from '@/worker/engine/replies/second-reader';
import { readStatements } from '@/worker/engine/replies/statements';
import { COURTESIES } from '@/worker/engine/replies/words.data';

/** At least one reply for each thing that is masked, dropped, framed or spelled out on the way. */
const SPECIMENS: readonly ReplyCase[] = [
  ['rcpt', 550, '5.1.1', '<info@example.com>: Recipient address rejected: User unknown in virtual mailbox table'],
  ['rcpt', 550, '', '550-5.1.1 The email account\n550-5.1.1 that you tried to reach\n550 5.1.1 does not exist'],
  ['rcpt', 450, '4.1.8', '<info@example.com>: Sender address rejected: Domain not found'],
  ['rcpt', 554, '5.7.1', 'Service unavailable; Client host [192.0.2.7] blocked using zen.spamhaus.org'],
  ['rcpt', 550, '', 'Message rejected: the mailbox is over its quota'],
  ['rcpt', 550, '', 'We refuse this message, because nobody of that name is here'],
  ['rcpt', 550, '', "mx1.example.com: this isn't one of ours, you're lost, and it can't be delivered"],
  ['rcpt', 550, '5.7.1', 'SPF: 192.0.2.7 may not send for example.net, see http://www.openspf.org/why.html?id=1'],
  ['rcpt', 550, '', 'sender verify failed: no such user'],
  ['helo', 504, '5.5.2', '<localhost>: Helo command rejected: need fully-qualified hostname'],
  ['mail', 553, '', 'Callout to the sender: host mx.example.net [192.0.2.9]: 550 unknown user'],
  ['unknown', 550, '', 'host mx.example.com[192.0.2.1] said: 550 5.2.1 mailbox disabled (in reply to RCPT TO command)'],
  ['rcpt', 550, '', 'no mailbox here. If you believe that this is an error, contact postmaster@example.com'],
  ['rcpt', 550, '', 'refused, see https://lists.example.org/list/42?ip=192.0.2.7 [ticket 8f3a21c7]'],
  ['rcpt', 550, '', '<b>unknown</b> user <br> [mx2.example.com 2026-01-01]'],
  ['rcpt', 550, '', 'BenutzerÂ unbekannt: BoÃ®te inconnue, usuário não encontrado'],
  ['rcpt', 550, '', '用户不存在, получатель не найден'],
  ['connect', 554, '', 'Your host [2001:db8::7] has no reverse DNS. Please try again in 300 seconds'],
];

/** The same as long as replies are read the same on the way to their features. */
export function readAs(): string {
  const read = SPECIMENS.map(([stage, code, enhanced, text]) => {
    const question: Question = { stage, code };
    const reply = normalizeReply(text, enhanced === '' ? null : enhanced);
    return featuresOf({ question, reply, said: readStatements(reply.text, stage) });
  });
  return createHash('sha256')
    .update(JSON.stringify([read, COURTESIES]))
    .digest('hex')
    .slice(0, 12);
}
