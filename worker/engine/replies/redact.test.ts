import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EVIDENCE_TEXT_MAX_CHARS } from '@/lib/platform/limits';
import { ADDRESS_MASK, OWN_MASK, redactReply } from './redact';

const secrets = {
  address: 'Jane.Doe@example.com',
  localPart: 'Jane.Doe',
  ownNames: ['192.0.2.7', 'mx1.verifier.example', 'check@verifier.example'],
};

describe('a redacted reply', () => {
  it.each([
    ['the address in brackets', '<jane.doe@example.com>: User unknown', `<${ADDRESS_MASK}>: User unknown`],
    ['the address in any case', 'JANE.DOE@EXAMPLE.COM not here', `${ADDRESS_MASK} not here`],
    ['the local part alone', "mailbox 'jane.doe' is full", `mailbox '${ADDRESS_MASK}' is full`],
    ['the address in a link', 'see http://x.example/?to=jane.doe%40example.com', `see http://x.example/?to=${ADDRESS_MASK}`],
    ['our IP address', 'Client host [192.0.2.7] blocked', `Client host [${OWN_MASK}] blocked`],
    ['our IP address in a reverse name', '7.2.0.192.zen.example listed', `${OWN_MASK}.zen.example listed`],
    ['our name', 'Hello MX1.Verifier.example', `Hello ${OWN_MASK}`],
    ['our sender', '<check@verifier.example>: Sender address rejected', `<${OWN_MASK}>: Sender address rejected`],
  ])('masks %s', (_, text, masked) => {
    expect(redactReply(text, secrets)).toBe(masked);
  });

  it('keeps what only resembles a secret', () => {
    const text = 'cannot accept; 192.0.2.77 and 1192.0.2.7 and amx1.verifier.example';
    expect(redactReply(text, { ...secrets, localPart: 'ann' })).toBe(text);
  });

  it('masks letters that fold to the name’s letters, such as a long s', () => {
    expect(redactReply('<\u017fam.kay@example.com> unknown', { address: 'sam.kay@example.com', ownNames: [] })).toBe(
      `<${ADDRESS_MASK}> unknown`,
    );
  });

  it('masks a short local part only if it is quoted', () => {
    expect(redactReply('<a>: a user unknown', { address: 'a@example.com', localPart: 'a', ownNames: [] })).toBe(
      `<${ADDRESS_MASK}>: a user unknown`,
    );
  });

  it('survives empty secrets and secrets made of pattern characters', () => {
    expect(redactReply('x (.*)+[@example.com y', { address: '(.*)+[@example.com', localPart: '', ownNames: ['', ' '] })).toBe(
      `x ${ADDRESS_MASK} y`,
    );
  });

  it('never contains the address or our names and never exceeds its bound', () => {
    const name = fc.stringMatching(/^[a-z0-9.+_-]{3,20}$/);
    const filler = fc.string({ unit: 'binary', maxLength: 700 });
    fc.assert(
      fc.property(name, name, filler, filler, (local, host, before, after) => {
        const address = `${local}@${host}.example`;
        const own = `mx.${host}.test`;
        const masked = redactReply(`${before} <${address.toUpperCase()}> ${own} ${after}`, {
          address,
          localPart: local,
          ownNames: [own],
        });
        expect(masked.length).toBeLessThanOrEqual(EVIDENCE_TEXT_MAX_CHARS);
        expect(masked.toLowerCase()).not.toContain(address);
        expect(masked).not.toContain(` ${own} `);
      }),
      { numRuns: 500 },
    );
  });
});
