import { describe, expect, it } from 'vitest';
import { classifyReply } from './classify';
import { REPLY_CASES, type ReplyCase } from './reply-cases.data';

const meaningOf = ([stage, code, enhanced, text]: ReplyCase) =>
  classifyReply({ stage, code, enhanced: enhanced === '' ? null : enhanced, text, provider: null }).meaning;

const refusals: readonly ReplyCase[] = Object.values(REPLY_CASES)
  .flat()
  .filter(([, code, , text]) => code >= 400 && text.split(' ').length >= 4);

/** Replies that are read differently once they are wrapped. */
const movedBy = (wrap: (code: number, text: string) => string): string[] =>
  refusals.flatMap(([stage, code, enhanced, text]) => {
    const [alone, wrapped] = [text, wrap(code, text)].map((said) => meaningOf([stage, code, enhanced, said]));
    return alone === wrapped ? [] : [`${String(alone)} → ${String(wrapped)}: ${text}`];
  });

const bare = (text: string): string => text.replace(/[.\s]+$/, '');

/** Breaks a text in the middle, as servers do that send multiline replies. */
function inTwo(text: string): readonly [string, string] | null {
  const words = text.split(' ');
  const half = Math.ceil(words.length / 2);
  return words.length < 2 || /^[#\d]|[245]\.\d\.\d/.test(text)
    ? null
    : [words.slice(0, half).join(' '), words.slice(half).join(' ')];
}

describe('what a server wraps its reason in', () => {
  it.each([
    ['signed by the host that speaks', (text: string) => `${bare(text)} [AM0EUR01FT039.eop-EUR01.prod.protection.outlook.com]`],
    ['signed by host and time', (text: string) => `${bare(text)} [mx1.example.net 2026-01-31T08:26:31.592Z 08DB]`],
    ['signed in brackets', (text: string) => `${bare(text)} (mx1.example.net)`],
    ['with the queue it had', (text: string) => `${bare(text)} (id=1Qipnc-0007zD-UW)`],
    ['and then it hangs up', (text: string) => `${bare(text)} Closing connection.`],
    ['and says goodbye', (text: string) => `${bare(text)}. Goodbye.`],
    ['with help', (text: string) => `${bare(text)}. If you need assistance, ask our help desk.`],
  ])('says nothing: %s', (_, wrap) => {
    expect(movedBy((__, text) => wrap(text))).toEqual([]);
  });

  it.each([
    [
      'line by line',
      (code: number, [first, last]: readonly [string, string]) => `${String(code)}-${first}\r\n${String(code)} ${last}`,
    ],
    [
      'joined by a log',
      (code: number, [first, last]: readonly [string, string]) => `${String(code)}-${first} ${String(code)} ${last}`,
    ],
  ])('says nothing: two lines, %s', (_, wrap) => {
    expect(
      movedBy((code, text) => {
        const lines = inTwo(text);
        return lines === null ? text : wrap(code, lines);
      }),
    ).toEqual([]);
  });
});

describe('an announcement', () => {
  it.each(['SMTP error: ', 'Delivery not possible: ', 'Delivery failed: ', '[R17] ', 'Sorry, '])(
    'changes the meaning of few replies: "%s"',
    (before) => {
      expect(movedBy((_, text) => before + text).length).toBeLessThan(refusals.length / 40);
    },
  );

  it('that names the policy is followed by the reason', () => {
    const because = (reason: string) =>
      meaningOf(['mail', 550, '5.7.1', `Rejecting due to security policy - ${reason}, see our page`]);
    expect(because('IP address used as HELO hostname')).toBe('sender_rejected');
    expect(because('Blacklisted host')).toBe('sender_blocked');
  });
});

describe('where somebody is', () => {
  it.each(['on this server', 'in our system', 'at this host', 'auf diesem Server', 'en este servidor'])(
    'is not another subject: a user %s',
    (place) => {
      expect(meaningOf(['rcpt', 550, '', `The user ${place} is unknown`])).toBe('mailbox_not_found');
      expect(meaningOf(['rcpt', 550, '', `The account ${place} was suspended`])).toBe('mailbox_disabled');
    },
  );

  it("distinguishes a server from whom it serves: the recipient's server is a machine, a subscriber's service is the subscriber", () => {
    expect(meaningOf(['rcpt', 451, '', "the recipient's server could not be reached"])).toBe('temporary_failure');
    expect(meaningOf(['rcpt', 550, '', "the recipient's mail server is down"])).toBe('temporary_failure');
    expect(meaningOf(['rcpt', 550, '', "The subscriber's service has been terminated"])).toBe('mailbox_disabled');
  });
});

describe('the same reason in other words', () => {
  const contracted = (text: string): string =>
    text.replace(/\b(does|do|is|are|was|did|has|have|could) not\b/gi, "$1n't").replace(/\bcan ?not\b/gi, "can't");
  const spelledOut = (text: string): string =>
    text.replace(/\b(does|do|is|are|was|did|has|have|could)n't\b/gi, '$1 not').replace(/\bcan't\b/gi, 'cannot');
  const replaced = (from: RegExp, to: string) => (text: string) => text.replace(from, to);
  it.each([
    ['contracted', contracted],
    ['spelled out', spelledOut],
    ['an address in single quotes', replaced(/<([^<>\s]+@[^<>\s]+)>/g, "'$1'")],
    ['an address in double quotes', replaced(/<([^<>\s]+@[^<>\s]+)>/g, '"$1"')],
    ['an address in brackets', replaced(/<([^<>\s]+@[^<>\s]+)>/g, '($1)')],
    ['declined for rejected', replaced(/\baddress rejected: /gi, 'address declined: ')],
    ['not accepted for rejected', replaced(/\baddress rejected: /gi, 'address not accepted: ')],
    ['the reason in brackets', replaced(/\baddress rejected: (.+)$/gi, 'address rejected ($1)')],
    ['barred for blocked', replaced(/\bblocked\b/gi, 'barred')],
    ['unable to for cannot', replaced(/\bcan ?not\b(?= \w)/gi, 'unable to')],
  ])('means the same: %s', (_, reword) => {
    expect(movedBy((__, text) => reword(text))).toEqual([]);
  });
});

describe('spam, before anybody has seen a message', () => {
  it('is a client’s reputation if a client is named, and policy otherwise', () => {
    expect(meaningOf(['rcpt', 550, '', 'Rejected as spam because of your IP 192.0.2.7'])).toBe('sender_blocked');
    expect(meaningOf(['rcpt', 550, '', 'Rejected as spam'])).toBe('policy_other');
  });
});

describe('what is left if no word was understood', () => {
  it.each([
    ['helo', 550, '', 'xyzzy 4711', 'sender_rejected'],
    ['connect', 554, '', 'xyzzy 4711', 'sender_blocked'],
    ['mail', 550, '', 'xyzzy 4711', 'sender_rejected'],
    ['rcpt', 550, '5.5.0', 'xyzzy 4711', 'policy_other'],
    ['rcpt', 550, '5.7.1', 'xyzzy 4711', 'policy_other'],
    ['rcpt', 550, '5.1.1', 'xyzzy 4711', 'mailbox_not_found'],
    ['rcpt', 452, '4.3.1', 'storage allotment exceeded', 'temporary_failure'],
    ['rcpt', 550, '', 'xyzzy 4711', 'ambiguous'],
  ] as const)('%s %d %s "%s": %s', (...[stage, code, enhanced, text, meaning]) => {
    expect(meaningOf([stage, code, enhanced, text])).toBe(meaning);
  });
});
