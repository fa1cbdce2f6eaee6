import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAddress, type AddressProblem } from '@/lib/verdict/address';
import { ADDRESS_MAX_OCTETS, LOCAL_PART_MAX_OCTETS } from '@/lib/platform/limits';

const problemOf = (input: string): AddressProblem | 'none' => {
  const parsed = parseAddress(input);
  return parsed.ok ? 'none' : parsed.problem;
};
const read = (input: string) => {
  const parsed = parseAddress(input);
  if (!parsed.ok) throw new Error(`${input}: ${parsed.problem}`);
  return parsed.address;
};
const octets = (text: string): number => new TextEncoder().encode(text).length;

describe('a quoted local part', () => {
  const printable = fc.string({
    unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
    minLength: 1,
    maxLength: 28,
  });

  it('names the same mailbox however many of its characters are escaped (RFC 5321 4.1.2)', () => {
    fc.assert(
      fc.property(printable, fc.infiniteStream(fc.boolean()), (name, coins) => {
        const must = Array.from(name, (char) => (char === '"' || char === '\\' ? `\\${char}` : char)).join('');
        const may = Array.from(name, (char) =>
          char === '"' || char === '\\' || coins.next().value === true ? `\\${char}` : char,
        ).join('');
        expect(read(`"${may}"@example.com`).localPart).toBe(read(`"${must}"@example.com`).localPart);
      }),
    );
  });

  it('loses its quotes exactly when the name is a dot-atom', () => {
    fc.assert(
      fc.property(printable, (name) => {
        const quoted = `"${name.replace(/["\\]/g, '\\$&')}"@example.com`;
        // A name that contains quotes may itself be read as a quoted form, which is a different name.
        const isTakenAsIs = !/["@]/.test(name) && name.trim() === name;
        const bare = isTakenAsIs && problemOf(`${name}@example.com`) === 'none';
        expect(read(quoted).localPart.startsWith('"')).toBe(!bare);
      }),
    );
  });

  it.each([
    '"a\\"@example.com',
    '"a""@example.com',
    '"a"b"@example.com',
    'a"b"@example.com',
    '"a".b@example.com',
    '"@example.com',
    '"\\"@example.com',
  ])('that is not closed correctly is refused: %s', (input) => {
    expect(problemOf(input)).not.toBe('none');
  });
});

describe('one spelling of each letter (RFC 6532 3.1)', () => {
  it.each([
    ['jose\u0301@example.com', 'jos\u00e9'],
    ['"jose\u0301 m"@example.com', '"jos\u00e9 m"'],
    ['\u1112\u1161\u11ab@example.com', '\ud55c'],
    ['\u212a@example.com', 'K'],
  ])('%j goes on the wire composed', (input, wire) => {
    expect(read(input).localPart).toBe(wire);
  });

  it('is not forced if it would make a different or a longer name', () => {
    // U+037E composes to a semicolon and U+1FEF to a back quote; U+0958 composes to two characters.
    expect(read('a\u037eb@example.com').localPart).toBe('a\u037eb');
    const long = '\u0958'.repeat(21);
    expect(read(`${long}@example.com`).localPart).toBe(long);
  });

  it('makes one canonical form of both spellings', () => {
    expect(read('JOSE\u0301@example.com').canonical).toBe(read('jos\u00e9@example.com').canonical);
  });
});

describe('an international domain', () => {
  it.each([
    ['a@\u05d0\u05d11.example', 'none'],
    ['a@1\u05d0\u05d1.example', 'domain_idn'],
    ['a@\u05d0b\u05d1.example', 'domain_idn'],
    ['a@\u0627\u0661.example', 'none'],
    ['a@\u0627\u06611.example', 'domain_idn'],
  ])('follows the Bidi rule in right-to-left labels (RFC 5893 2): %s is %s', (input, problem) => {
    expect(problemOf(input)).toBe(problem);
  });

  it.each([
    ['a@\u0915\u094d\u200d\u0937.example', 'none'],
    ['a@\u0646\u0627\u0645\u0647\u200c\u0627\u06cc.example', 'none'],
    ['a@exam\u200cple.com', 'domain_idn'],
    ['a@exam\u200dple.com', 'domain_idn'],
  ])('has joiners only where the script needs them (RFC 5892 A.1, A.2): %j is %s', (input, problem) => {
    expect(problemOf(input)).toBe(problem);
  });

  it('of mixed scripts is refused by the registry, not by us: its look-alike is a different domain', () => {
    const cyrillicA = read('a@p\u0430ypal.example');
    expect(cyrillicA.domain).not.toBe('paypal.example');
    expect(cyrillicA.idn).toBe(true);
  });

  it('is the same in U-labels, in A-labels, in any case, composed or not', () => {
    const spellings = ['a@b\u00fccher.example', 'a@bu\u0308cher.example', 'a@B\u00dcCHER.Example', 'a@XN--BCHER-KVA.EXAMPLE'];
    expect(new Set(spellings.map((input) => read(input).domain))).toEqual(new Set(['xn--bcher-kva.example']));
  });

  it.each(['a@xn--.com', 'a@xn--0.com', 'a@xn--bcher-kv\u00e4.com', 'a@\u0301x.example', 'a@x\u00ad.', 'a@\u2024com'])(
    'that is not valid is refused: %j',
    (input) => {
      expect(problemOf(input)).not.toBe('none');
    },
  );

  it('keeps \u00df and final sigma as they are, as IDNA 2008 has them', () => {
    expect(read('a@stra\u00dfe.example').domain).toBe('xn--strae-oqa.example');
    expect(read('a@\u03b2\u03cc\u03bb\u03bf\u03c2.example').domain).not.toBe(
      read('a@\u03b2\u03cc\u03bb\u03bf\u03c3.example').domain,
    );
  });
});

describe('a domain that only the resolver can deny', () => {
  it.each(['x.test', 'x.invalid', 'printer.local', 'x.onion', 'x.localhost', 'x.example', 'x.internal', 'x.no-such-tld', 'x.y'])(
    'passes here: %s',
    (domain) => {
      expect(problemOf(`a@${domain}`)).toBe('none');
    },
  );

  it.each([
    'localhost',
    'com',
    '127.0.0.1',
    '1.2.3',
    'x.123',
    'x..y',
    '.x.y',
    'x.y.',
    'x.y..',
    '-x.y',
    'x-.y',
    'x.-y',
    'x.y-',
    'x_y.z',
    '[127.0.0.1]',
    '[IPv6:::1]',
    '[x]',
  ])('does not pass here if no public mail domain can have that name: %s', (domain) => {
    expect(problemOf(`a@${domain}`)).not.toBe('none');
  });
});

describe('lengths in octets, not in characters', () => {
  const letter = fc.constantFrom('a', '\u00e9', '\u4e2d', '\ud83d\udc4d');

  it('of the local part end at 64', () => {
    fc.assert(
      fc.property(fc.array(letter, { minLength: 1, maxLength: 70 }), (letters) => {
        const local = letters.join('');
        expect(problemOf(`${local}@example.com`)).toBe(octets(local) <= LOCAL_PART_MAX_OCTETS ? 'none' : 'local_part_too_long');
      }),
    );
  });

  it('of the whole address end at 254, with the domain in its wire form', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 64 }), fc.integer({ min: 1, max: 40 }), (local, labels) => {
        const domain = `${'abcd\u00fc.'.repeat(labels)}example`;
        const wire = `${'l'.repeat(local)}@${'xn--abcd-hoa.'.repeat(labels)}example`;
        const fits = wire.length <= ADDRESS_MAX_OCTETS;
        expect(problemOf(`${'l'.repeat(local)}@${domain}`) === 'none').toBe(fits);
      }),
    );
  });
});
