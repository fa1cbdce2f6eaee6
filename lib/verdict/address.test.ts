import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAddress, trimAddress, type AddressProblem } from './address';
import { ADDRESS_INPUT_MAX_CHARS, ADDRESS_MAX_OCTETS, LOCAL_PART_MAX_OCTETS } from '@/lib/platform/limits';

const problemOf = (input: string): AddressProblem | 'none' => {
  const parsed = parseAddress(input);
  return parsed.ok ? 'none' : parsed.problem;
};
const read = (input: string) => {
  const parsed = parseAddress(input);
  if (!parsed.ok) throw new Error(`${input}: ${parsed.problem}`);
  return parsed.address;
};
const label63 = 'd'.repeat(63);
/** A domain of exactly this many characters. */
const domainOf = (length: number): string => `${`${label63}.`.repeat(3)}${'e'.repeat(length - 196)}.org`;

const PLAIN = `a@example.com
A.B@example.com
mary.o'neil@example.com
mary+lists@example.com
mary-anne@example.com
_mary_@example.com
mary=home@example.com
!#$%&'*/?^\`{|}~@example.com
12345@example.com
0@example.com
-@example.com
+@example.com
+tag@example.com
user/room@example.com
host!user%example@example.com
a@1.example
a@3com.example
a@example.museum
a@example.unlisted-tld
a@x.yz
a@mail.sub.dept.example.com
a@r3---sn-abc.example.com
a@ab--cd.example.com
a@example.co.uk
a@gov.ie
a@mil.no
alice@deliverable.sandbox.test
a@example.i
${'l'.repeat(64)}@example.com
a@${label63}.com`.split('\n');

const INTERNATIONAL: readonly [string, string, boolean][] = [
  ['jörg@example.de', 'example.de', true],
  ['用户@example.cn', 'example.cn', true],
  ['info@bücher.example', 'xn--bcher-kva.example', false],
  ['info@BÜCHER.example', 'xn--bcher-kva.example', false],
  ['info@straße.example', 'xn--strae-oqa.example', false],
  ['почта@пример.рф', 'xn--e1afmkfd.xn--p1ai', true],
  ['a@例え。jp', 'xn--r8jz45g.jp', false],
  ['a@ｅｘａｍｐｌｅ.com', 'example.com', false],
  ['a@xn--bcher-kva.example', 'xn--bcher-kva.example', false],
  ['a@XN--BCHER-KVA.example', 'xn--bcher-kva.example', false],
  ['δοκιμή@παράδειγμα.ελ', 'xn--hxajbheg2az3al.xn--qxam', true],
  ['👍@example.com', 'example.com', true],
  [`${'é'.repeat(32)}@example.com`, 'example.com', true],
  ['"jö rg"@example.de', 'example.de', true],
];

const QUOTED: readonly [string, string][] = [
  ['"mary"@example.com', 'mary'],
  ['"mary.smith"@example.com', 'mary.smith'],
  ['"m\\ary"@example.com', 'mary'],
  ['"mary smith"@example.com', '"mary smith"'],
  ['"mary\\ smith"@example.com', '"mary smith"'],
  ['"a@b"@example.com', '"a@b"'],
  ['"a..b"@example.com', '"a..b"'],
  ['".a"@example.com', '".a"'],
  ['"a\\"b"@example.com', '"a\\"b"'],
  ['"a\\\\b"@example.com', '"a\\\\b"'],
  ['" "@example.com', '" "'],
  ['"(not a comment)"@example.com', '"(not a comment)"'],
  ['"<a>"@example.com', '"<a>"'],
];

const REFUSED: Readonly<Partial<Record<AddressProblem, readonly string[]>>> = {
  empty: ['', ' ', '\u00a0\ufeff', '\u200b\t'],
  input_too_long: [`${'a'.repeat(ADDRESS_INPUT_MAX_CHARS)}@example.com`],
  control_character: [
    'jos\ufffd@example.com',
    'a@example.com\n',
    'a@example.com\r\n',
    '\na@example.com',
    'a\r\nRCPT TO:<b@example.com>@example.com',
    'a@example.com\r\nDATA',
    'a\u0000@example.com',
    'a@exa\u0000mple.com',
    '"a\u0000b"@example.com',
    '"a\tb"@example.com',
    'a\u007f@example.com',
    'a\u0085@example.com',
    'a\u2028@example.com',
    'a\ud800@example.com',
    'a@ex\udfffample.com',
  ],
  at_sign_missing: ['mary', 'example.com', 'mary.example.com', '"mary@example.com"', '"a"b'],
  at_sign_repeated: ['a@b@example.com', 'a@@example.com', 'a@example.com@', '"a"@b@example.com'],
  local_part_empty: ['@example.com', '""@example.com'],
  local_part_dots: ['.a@example.com', 'a.@example.com', 'a..b@example.com', '.@example.com'],
  local_part_characters: [
    'a b@example.com',
    'a(comment)@example.com',
    '(comment)a@example.com',
    'Mary <mary@example.com',
    '<mary@example.com',
    'a,b@example.com',
    'a;b@example.com',
    'a:b@example.com',
    'mailto:mary@example.com',
    'a\\b@example.com',
    'a[b]@example.com',
    'a"b@example.com',
    'a."b"@example.com',
    '"a\\é"@example.com',
  ],
  local_part_quotes: ['"a@example.com', '"a"b@example.com', '"a"."b"@example.com', '"a\\"@example.com', '"a" @example.com'],
  local_part_too_long: [`${'l'.repeat(65)}@example.com`, `${'é'.repeat(33)}@example.com`, `"${'l'.repeat(63)}"@example.com`],
  address_too_long: [`${'l'.repeat(64)}@${domainOf(190 + 10)}`],
  domain_empty: ['a@'],
  domain_literal: ['a@[192.0.2.1]', 'a@[IPv6:2001:db8::1]', 'a@[', 'a@[x]'],
  domain_dots: ['a@.example.com', 'a@example.com.', 'a@example..com', 'a@.', 'a@..'],
  domain_single_label: ['a@localhost', 'a@com', 'a@xn--p1ai'],
  domain_numeric: ['a@192.0.2.1', 'a@example.123', 'a@1.2'],
  domain_hyphen: ['a@-example.com', 'a@example-.com', 'a@example.-com', 'a@example.com-'],
  domain_characters: [
    'a@exa_mple.com',
    'a@example.com_',
    'a@exa mple.com',
    'a@example.com>',
    'mary@example.com (Mary)',
    'a@example.com:25',
    'a@example.com/path',
    'a@example!com',
    'a@exam+ple.com',
    'a@"example".com',
    'a@example.com,b.example',
    'a@example.com;',
  ],
  domain_label_too_long: [`a@${'d'.repeat(64)}.com`, `a@sub.${'d'.repeat(64)}`],
  domain_too_long: [`a@${domainOf(254)}`],
  domain_idn: [
    'a@xn--example.com',
    'a@xn--a.com',
    `a@${'ü'.repeat(60)}x\u0300\u200d.com`,
    'a@\u0300abc.com',
    'a@exam\u200dple.com',
  ],
};

describe('an address that a public mail server could accept', () => {
  it.each(PLAIN)('passes unchanged: %s', (input) => {
    const address = read(input);
    expect(`${address.localPart}@${address.domain}`).toBe(input);
    expect(address.needsSmtpUtf8).toBe(false);
    expect(address.idn).toBe(false);
  });

  it.each(INTERNATIONAL)('passes with its domain in A-labels: %s', (input, domain, needsSmtpUtf8) => {
    expect(read(input)).toMatchObject({ domain, needsSmtpUtf8 });
  });

  it.each(QUOTED)('keeps quotes only where they are needed: %s', (input, wire) => {
    expect(read(input).localPart).toBe(wire);
  });
});

describe('an address that no public mail server accepts', () => {
  const cases = Object.entries(REFUSED).flatMap(([problem, inputs]) => inputs.map((input): [string, string] => [problem, input]));
  it.each(cases)('is refused as %s: %j', (problem, input) => {
    const parsed = parseAddress(input);
    expect(parsed.ok ? 'none' : parsed.problem).toBe(problem);
    expect(parsed.ok ? '' : parsed.message).toMatch(/^[A-Z].*\.$/);
  });
});

describe('lengths', () => {
  it('accepts 254 octets and not one more', () => {
    const local = 'l'.repeat(LOCAL_PART_MAX_OCTETS);
    const fits = `${local.slice(0, ADDRESS_MAX_OCTETS - 1 - 200)}@${domainOf(200)}`;
    expect(fits).toHaveLength(ADDRESS_MAX_OCTETS);
    expect(problemOf(fits)).toBe('none');
    expect(problemOf(`l${fits}`)).toBe('address_too_long');
  });

  it('counts an IDN in its wire form', () => {
    expect(problemOf(`a@${'ü'.repeat(57)}.de`)).toBe('none');
    expect(problemOf(`a@${'ü'.repeat(70)}.de`)).toBe('domain_label_too_long');
  });
});

describe('blanks and invisible marks', () => {
  it.each([' a@example.com', 'a@example.com\t', '\ufeffa@example.com', '\u200ba@example.com\u200b', '\u3000a@example.com\u00a0'])(
    'around an address are dropped: %j',
    (input) => {
      expect(trimAddress(input)).toBe('a@example.com');
      expect(read(input).normalized).toBe('a@example.com');
    },
  );
});

describe('the forms of an address', () => {
  const CANONICAL: readonly [string, string, string | null][] = [
    ['John.Smith+news@Gmail.com', 'johnsmith@gmail.com', 'news'],
    ['j.o.h.n@googlemail.com', 'john@gmail.com', null],
    ['John+x@outlook.com', 'john@outlook.com', 'x'],
    ['john.smith@outlook.com', 'john.smith@outlook.com', null],
    ['john+x@hotmail.co.uk', 'john@hotmail.co.uk', 'x'],
    ['nick-shop@yahoo.com', 'nick@yahoo.com', 'shop'],
    ['john+a+b@icloud.com', 'john@icloud.com', 'a+b'],
    ['john+x@fastmail.com', 'john@fastmail.com', 'x'],
    ['john+x@proton.me', 'john@proton.me', 'x'],
    ['John+x@example.com', 'john+x@example.com', 'x'],
    ['first-last@example.com', 'first-last@example.com', null],
    ['+x@gmail.com', '+x@gmail.com', null],
    ['"a+b c"@example.com', '"a+b c"@example.com', null],
  ];
  it.each(CANONICAL)('%s is the mailbox %s', (input, canonical, tag) => {
    expect(read(input)).toMatchObject({ canonical, tag });
  });

  it('normalized keeps the local part and shows the domain as people read it', () => {
    expect(read('Jörg@XN--BCHER-KVA.Example').normalized).toBe('Jörg@bücher.example');
    expect(read('info@bücher.example')).toMatchObject({ domainUnicode: 'bücher.example', idn: true });
  });
});

describe('whatever comes in', () => {
  const anything = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.emailAddress(),
    fc
      .array(fc.constantFrom('"', '\\', '@', '.', 'a', '-', ' ', '\r', '\n', '\u0000', 'é', '[', '<', 'xn--'))
      .map((parts) => parts.join('')),
  );

  it('never throws, and what it accepts cannot break out of an SMTP command', () => {
    fc.assert(
      fc.property(anything, (input) => {
        const parsed = parseAddress(input);
        if (!parsed.ok) return;
        const { localPart, domain } = parsed.address;
        expect(`${localPart}@${domain}`).not.toMatch(/\p{Cc}/u);
        expect(domain).toMatch(/^[a-z0-9.-]+\.[a-z0-9-]+$/);
        if (!localPart.startsWith('"')) expect(localPart).not.toMatch(/[\s<>@]/);
        expect(Buffer.byteLength(`${localPart}@${domain}`)).toBeLessThanOrEqual(ADDRESS_MAX_OCTETS);
      }),
      { numRuns: 2_000 },
    );
  });

  it('reads its own wire form back as the same address', () => {
    fc.assert(
      fc.property(anything, (input) => {
        const first = parseAddress(input);
        if (!first.ok) return;
        const again = parseAddress(`${first.address.localPart}@${first.address.domain}`);
        expect(again).toEqual(first);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('the fast path for plain addresses', () => {
  // A leading blank sends an address down the careful path, which removes the blank again.
  const carefully = (input: string) => parseAddress(` ${input}`);

  it('never gives a different answer than the careful path', () => {
    const atom = fc.stringMatching(/^[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{0,20}$/);
    const label = fc.oneof(fc.stringMatching(/^[A-Za-z0-9-]{0,12}$/), fc.constantFrom('xn--mnchen-3ya', 'com', '123', 'é'));
    const domain = fc.array(label, { maxLength: 5 }).map((labels) => labels.join('.'));
    const long = fc.nat(70).map((length) => 'a'.repeat(length));
    const address = fc
      .tuple(fc.oneof(atom, long), fc.constantFrom('@', '@', '@', '', '@@'), domain)
      .map((parts) => parts.join(''));
    const any = fc.oneof(address, fc.emailAddress(), fc.string({ maxLength: 40 }), fc.string({ unit: 'binary', maxLength: 40 }));
    fc.assert(
      fc.property(any, (input) => {
        expect(parseAddress(input)).toEqual(carefully(input));
      }),
      { numRuns: 3_000 },
    );
  });

  it.each([
    ['the longest local part', `${'a'.repeat(64)}@example.com`],
    ['one more', `${'a'.repeat(65)}@example.com`],
    ['the longest address', `${'a'.repeat(64)}@${'b.'.repeat(93)}com`],
    ['one more', `${'a'.repeat(64)}@${'b.'.repeat(93)}comm`],
  ])('agrees at the edge: %s', (_, input) => {
    expect(parseAddress(input)).toEqual(carefully(input));
  });
});
