import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalizeReply } from './normalize-reply';

const textOf = (text: string): string => normalizeReply(text, null).text;

describe('the normalized form of a reply', () => {
  it.each([
    ['addresses', '<Info.Box@Example.com>: unknown', '<%a>: unknown'],
    ['IP addresses', 'client [192.0.2.7] and 2001:db8::25 refused', 'client %i and %i refused'],
    ['hosts of any name', 'nosuchuser.example.com says no', 'host.example says no'],
    ['the bare host in brackets', 'host unknown[192.0.2.7]: mx1.full.example rejected', 'host unknown%i: host.example rejected'],
    ['the code on each line', '550-5.1.1 not\r\n550 5.1.1 here', 'not here'],
    ['accents and capitals', 'Empfänger UNBEKANNT', 'empfanger unbekannt'],
    ['what a log adds', 'User unknown (in reply to RCPT TO command)', 'user unknown'],
    ['what a log puts before it', 'host mx.example.com[192.0.2.7] said: 550 5.1.1 User unknown', 'user unknown'],
    ['the aftermath of a refused RCPT', '550 5.1.1 User unknown 503 5.0.0 Need RCPT (recipient)', 'user unknown'],
    ['what follows an address', '(info@example.com:blocked)', '(%a:blocked)'],
    ['what a server log adds', 'Access denied; from=<a@example.org> to=<b@example.com> proto=ESMTP helo=<mx>', 'access denied'],
    ['the address in a link', 'see https://example.net/lookup?ip=192.0.2.7', 'see https://example.net/lookup'],
  ])('masks or drops %s', (_, text, form) => {
    expect(textOf(text)).toBe(form);
  });

  it.each([
    ['a block list, whose name is what is said', 'listed at zen.spamhaus.org'],
    ['two words with a full stop between them', 'user unknown.please check'],
    ['a version', 'exim 1.96.2'],
    ['the host of a link', 'see https://postmaster.example.com/errors/421.html'],
  ])('keeps %s', (_, text) => {
    expect(textOf(text)).toBe(text);
  });

  it('takes the given status, or else the one in the text', () => {
    expect(normalizeReply('550 5.1.1 no', '5.7.1').enhanced).toBe('5.7.1');
    expect(normalizeReply('550 5.1.1 no', null).enhanced).toBe('5.1.1');
    expect(normalizeReply('no, 10.5.1.1 is refused', null).enhanced).toBe('');
  });

  it('is stable: masked text is not masked again', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('user', 'mx.example.com', 'a@b.example', '192.0.2.7', 'unknown', '(x)', '—', 'é'),
        fc.nat(6),
        (word, times) => {
          const once = textOf(`${word} `.repeat(times));
          expect(textOf(once)).toBe(once);
        },
      ),
    );
  });
});
