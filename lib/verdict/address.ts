// Reads one email address (RFC 5321 Mailbox: dot-atom and quoted local parts; RFC 6531: UTF-8 local parts, international domains) and its
// domain name. An accepted address can go on the wire as is: it has no control characters, every length is within its limit, and the
// domain is an LDH host name in A-labels. Refuses header syntax (comments, folding, display names), domain literals, trailing dots and
// dotless domains. Never asks whether a domain exists: rejecting an unlisted TLD is the resolver's job.
// oxlint-disable-next-line typescript/triple-slash-reference -- the worker's own tsconfig takes in only what is imported
/// <reference path="./tr46.d.ts" />
import { toASCII, toUnicode } from 'tr46';
import {
  ADDRESS_INPUT_MAX_CHARS,
  ADDRESS_MAX_OCTETS,
  DNS_LABEL_MAX_OCTETS,
  DOMAIN_MAX_OCTETS,
  LOCAL_PART_MAX_OCTETS,
} from '@/lib/platform/limits';
import { canonicalLocalPart, findMailboxFamily, tagOf } from './mailbox-rules';

export interface Address {
  /** As it goes on the wire. A quoted form is kept only if it is needed (RFC 5321 4.1.2). */
  localPart: string;
  /** A-labels, lower case. */
  domain: string;
  /** U-labels, as people read it. */
  domainUnicode: string;
  /** The local part has code points over U+007F. */
  needsSmtpUtf8: boolean;
  idn: boolean;
  /** The part after the tag separator, or null if there is none. */
  tag: string | null;
  /** `localPart@domainUnicode` */
  normalized: string;
  /** Two addresses with the same canonical form reach the same mailbox. */
  canonical: string;
}

export type AddressProblem =
  | 'empty'
  | 'input_too_long'
  | 'control_character'
  | 'at_sign_missing'
  | 'at_sign_repeated'
  | 'local_part_empty'
  | 'local_part_dots'
  | 'local_part_characters'
  | 'local_part_quotes'
  | 'local_part_too_long'
  | 'address_too_long'
  | DomainProblem;

export type ParsedAddress = { ok: true; address: Address } | { ok: false; problem: AddressProblem; message: string };

export interface DomainName {
  /** A-labels, lower case. */
  ascii: string;
  /** U-labels. */
  unicode: string;
}

export type DomainProblem =
  | 'domain_empty'
  | 'domain_literal'
  | 'domain_dots'
  | 'domain_single_label'
  | 'domain_numeric'
  | 'domain_hyphen'
  | 'domain_characters'
  | 'domain_label_too_long'
  | 'domain_too_long'
  | 'domain_idn';

const MESSAGES: Readonly<Record<AddressProblem, string>> = {
  empty: 'There is no address here.',
  input_too_long: 'This is far longer than any email address can be.',
  control_character: 'The address contains a line break or another control character.',
  at_sign_missing: 'The address has no @ sign.',
  at_sign_repeated: 'The address has more than one @ sign.',
  local_part_empty: 'There is nothing before the @ sign.',
  local_part_dots: 'The part before the @ sign starts or ends with a dot, or has two dots in a row.',
  local_part_characters: 'The part before the @ sign contains a character that mail servers do not accept there.',
  local_part_quotes: 'The quotation marks before the @ sign are not closed properly.',
  local_part_too_long: 'The part before the @ sign is longer than 64 bytes.',
  address_too_long: 'The address is longer than 254 bytes.',
  domain_empty: 'There is nothing after the @ sign.',
  domain_literal: 'The address names an IP address in brackets instead of a domain; public mail servers do not accept that.',
  domain_dots: 'The domain starts or ends with a dot, or has two dots in a row.',
  domain_single_label: 'The domain has no dot, so it cannot receive public mail.',
  domain_numeric: 'The domain ends in a number, so it is not a domain name.',
  domain_hyphen: 'A part of the domain starts or ends with a hyphen.',
  domain_characters: 'The domain contains a character that domain names cannot have.',
  domain_label_too_long: 'A part of the domain is longer than 63 bytes.',
  domain_too_long: 'The domain is too long.',
  domain_idn: 'The domain is not a valid international domain name.',
};

/**
 * Spaces and invisible marks that get copied along with an address. CR and LF are not included: a line break is never part of an address,
 * and a program that sends one gets an error.
 */
const INVISIBLE = '[\\t\\p{Zs}\\u200b-\\u200f\\u2060\\ufeff]+';
const INVISIBLE_ENDS = new RegExp(`^${INVISIBLE}|${INVISIBLE}$`, 'gu');
const PLAIN_END = /^[!-~].*[!-~]$/su;

/**
 * C0, DEL, C1, the Unicode line and paragraph separators, lone surrogates (which have no UTF-8 form), and U+FFFD, which marks
 * input that was not UTF-8: nobody chose that name.
 */
const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\uFFFD]/u;

const ATEXT = "A-Za-z0-9!#$%&'*+/=?^_`{|}~\\u{80}-\\u{10ffff}-";
const DOT_ATOM = new RegExp(`^[${ATEXT}]+(?:\\.[${ATEXT}]+)*$`, 'u');
const ONLY_ATEXT_AND_DOTS = new RegExp(`^[${ATEXT}.]+$`, 'u');
const NON_ASCII = /[\u0080-\uffff]/;

/** Matches nearly every address: ASCII without quotes. One test replaces six careful ones and never gives a different answer. */
const PLAIN_ATEXT = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
const PLAIN = new RegExp(`^${PLAIN_ATEXT}(?:\\.${PLAIN_ATEXT})*@[A-Za-z0-9.-]+$`);

/** The address without surrounding blanks and invisible marks. Its inside is unchanged. */
export const trimAddress = (input: string): string => (PLAIN_END.test(input) ? input : input.replace(INVISIBLE_ENDS, ''));

export function parseAddress(input: string): ParsedAddress {
  return parsePlain(input) ?? parseCarefully(input);
}

/** Null if the address is not that plain, or not an address; then `parseCarefully` decides. */
function parsePlain(input: string): ParsedAddress | null {
  if (input.length > ADDRESS_MAX_OCTETS || !PLAIN.test(input)) return null;
  const at = input.indexOf('@');
  const domain = at > LOCAL_PART_MAX_OCTETS ? null : toDomainName(input.slice(at + 1));
  if (domain === null || at + 1 + domain.ascii.length > ADDRESS_MAX_OCTETS) return null;
  return { ok: true, address: build(input.slice(0, at), domain) };
}

function parseCarefully(input: string): ParsedAddress {
  if (input.length > ADDRESS_INPUT_MAX_CHARS) return refuse('input_too_long');
  const text = trimAddress(input);
  if (text === '') return refuse('empty');
  if (CONTROL.test(text)) return refuse('control_character');

  const split = splitAtSign(text);
  if (typeof split === 'string') return refuse(split);
  const local = readLocalPart(split.local);
  if (!local.ok) return refuse(local.problem);
  const domain = toDomainName(split.domain);
  if (domain === null) return refuse(domainProblem(split.domain));
  if (octets(local.wire) + 1 + domain.ascii.length > ADDRESS_MAX_OCTETS) return refuse('address_too_long');
  return { ok: true, address: build(local.wire, domain) };
}

function build(localPart: string, domain: { ascii: string; unicode: string }): Address {
  const family = findMailboxFamily(domain.ascii);
  return {
    localPart,
    domain: domain.ascii,
    domainUnicode: domain.unicode,
    needsSmtpUtf8: NON_ASCII.test(localPart),
    idn: domain.ascii !== domain.unicode,
    tag: tagOf(localPart, family),
    normalized: `${localPart}@${domain.unicode}`,
    canonical: `${canonicalLocalPart(localPart, family)}@${family?.canonicalDomain ?? domain.ascii}`,
  };
}

function refuse(problem: AddressProblem): ParsedAddress {
  return { ok: false, problem, message: MESSAGES[problem] };
}

/** A quoted local part may contain @ signs. Nothing else may. */
function splitAtSign(text: string): { local: string; domain: string } | AddressProblem {
  const at = text.startsWith('"') ? closingQuote(text) + 1 : text.indexOf('@');
  if (at === 0 && text.startsWith('"')) return text.includes('@') ? 'local_part_quotes' : 'at_sign_missing';
  if (at === -1) return 'at_sign_missing';
  if (text[at] !== '@') return text.includes('@', at) ? 'local_part_quotes' : 'at_sign_missing';
  const domain = text.slice(at + 1);
  if (domain.includes('@')) return 'at_sign_repeated';
  return { local: text.slice(0, at), domain };
}

/** Index of the quote that ends a quoted string starting at 0, or -1. */
function closingQuote(text: string): number {
  for (let i = 1; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === '"') return i;
  }
  return -1;
}

type LocalPart = { ok: true; wire: string } | { ok: false; problem: AddressProblem };

function readLocalPart(local: string): LocalPart {
  if (local === '') return { ok: false, problem: 'local_part_empty' };
  if (octets(local) > LOCAL_PART_MAX_OCTETS) return { ok: false, problem: 'local_part_too_long' };
  if (local.startsWith('"')) return readQuoted(local);
  if (DOT_ATOM.test(local)) return { ok: true, wire: inNfc(local) };
  return { ok: false, problem: ONLY_ATEXT_AND_DOTS.test(local) ? 'local_part_dots' : 'local_part_characters' };
}

/** quoted-pairSMTP escapes printable ASCII only (RFC 5321 4.1.2); in a quoted string UTF-8 is not escaped (RFC 6531 3.3). */
const BAD_PAIR = /\\(?:[^ -~]|$)/u;

/** RFC 5321 4.1.2: all quoted forms of a name are the same mailbox, and the form without quotes is preferred. */
function readQuoted(local: string): LocalPart {
  const inside = local.slice(1, -1);
  if (BAD_PAIR.test(inside.replaceAll('\\\\', ''))) return { ok: false, problem: 'local_part_characters' };
  const name = inNfc(inside.replace(/\\(.)/gsu, '$1'));
  if (name === '') return { ok: false, problem: 'local_part_empty' };
  return { ok: true, wire: DOT_ATOM.test(name) ? name : `"${name.replace(/["\\]/g, '\\$&')}"` };
}

/**
 * RFC 6532 3.1, RFC 5198 3: one spelling for each letter, the composed one, whatever keyboard or file system it came from. A name is kept
 * as given if composing would change its meaning (U+037E becomes a semicolon) or make it too long.
 */
function inNfc(name: string): string {
  if (!NON_ASCII.test(name)) return name;
  const composed = name.normalize('NFC');
  return DOT_ATOM.test(composed) === DOT_ATOM.test(name) && octets(composed) <= octets(name) ? composed : name;
}

const ENCODER = new TextEncoder();
const octets = (text: string): number => (NON_ASCII.test(text) ? ENCODER.encode(text).length : text.length);

/** 255 octets on the wire leave 253 for the text: one is the length octet of the first label, one the zero octet of the root. */
const DOMAIN_MAX_CHARS = DOMAIN_MAX_OCTETS - 2;
const LABEL = `[a-z0-9](?:[a-z0-9-]{0,${String(DNS_LABEL_MAX_OCTETS - 2)}}[a-z0-9])?`;
const HOST_NAME = new RegExp(`^(?:${LABEL}\\.)+(?=[a-z0-9-]*[a-z-])${LABEL}$`);
/** The bidi and joiner rules of IDNA2008 are on. Hyphens are left to HOST_NAME, because names like `r3---sn.example` exist. */
const UTS46 = { useSTD3ASCIIRules: true, checkBidi: true, checkJoiners: true } as const;

/** Lists repeat the same domains many times, and reading the domain is the most expensive part of reading an address. */
const REMEMBERED_MAX = 10_000;
const remembered = new Map<string, DomainName>();

/**
 * The domain in both spellings: UTS #46 (non-transitional) to A-labels, STD 3 letters-digits-hyphens, RFC 1035 lengths. Null if it is not
 * a public host name: a single label (RFC 7085), a numeric top-level label (RFC 3696 2), a trailing dot. The public suffix list is not
 * consulted: `gov.ie` and `mil.no` are suffixes there but have mailboxes.
 */
export function toDomainName(text: string): DomainName | null {
  const known = remembered.get(text);
  if (known !== undefined) return known;
  // Copied, because a slice of a file's text would keep the whole text in memory.
  const own = ` ${text}`.slice(1);
  const name = readDomainName(own);
  if (name === null) return null;
  if (remembered.size >= REMEMBERED_MAX) remembered.clear();
  remembered.set(own, name);
  return name;
}

/** Why `toDomainName` returned null: the problem that a person would fix first. */
export function domainProblem(text: string): DomainProblem {
  if (text === '') return 'domain_empty';
  if (text.startsWith('[')) return 'domain_literal';
  const ascii = toASCII(text.toLowerCase(), { checkBidi: true, checkJoiners: true });
  if (ascii === null) return 'domain_idn';
  const labels = ascii.split('.');
  if (labels.some((label) => label === '')) return 'domain_dots';
  if (!/^[a-z0-9.-]+$/.test(ascii)) return 'domain_characters';
  if (labels.some((label) => label.startsWith('-') || label.endsWith('-'))) return 'domain_hyphen';
  if (labels.some((label) => label.length > DNS_LABEL_MAX_OCTETS)) return 'domain_label_too_long';
  if (ascii.length > DOMAIN_MAX_CHARS) return 'domain_too_long';
  if (labels.length === 1) return 'domain_single_label';
  if (/^\d+$/.test(labels.at(-1) ?? '')) return 'domain_numeric';
  return NON_ASCII.test(text) ? 'domain_idn' : 'domain_characters';
}

function readDomainName(text: string): DomainName | null {
  const lower = text.toLowerCase();
  const plain = !NON_ASCII.test(lower) && !lower.includes('xn--');
  const ascii = plain ? lower : toASCII(lower, UTS46);
  if (ascii === null || ascii.length > DOMAIN_MAX_CHARS || !HOST_NAME.test(ascii)) return null;
  return { ascii, unicode: plain ? lower : toUnicode(ascii, UTS46).domain };
}
