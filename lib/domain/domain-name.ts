// Turns the part after the @ sign into a host name: UTS #46 (non-transitional) to A-labels, STD 3 letters-digits-hyphens,
// RFC 1035 lengths. Refuses single labels (RFC 7085), numeric top-level labels (RFC 3696 2) and trailing dots. Does not ask
// the public suffix list: `gov.ie` and `mil.no` are suffixes there and have mailboxes of their own.
// eslint-disable-next-line @typescript-eslint/triple-slash-reference -- the worker's own tsconfig takes in only what is imported
/// <reference path="./tr46.d.ts" />
import { toASCII, toUnicode } from 'tr46';
import { DNS_LABEL_MAX_OCTETS, DOMAIN_MAX_OCTETS } from './limits';

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

// 255 octets in wire form leave 253 for the text: a length octet for the first label and the root's zero octet.
const DOMAIN_MAX_CHARS = DOMAIN_MAX_OCTETS - 2;
const LABEL = `[a-z0-9](?:[a-z0-9-]{0,${String(DNS_LABEL_MAX_OCTETS - 2)}}[a-z0-9])?`;
const HOST_NAME = new RegExp(`^(?:${LABEL}\\.)+(?=[a-z0-9-]*[a-z-])${LABEL}$`);
const NON_ASCII = /[\u0080-\uffff]/;
// Bidi and joiner rules of IDNA2008 are on; hyphens are left to HOST_NAME, because names such as `r3---sn.example` exist.
const UTS46 = { useSTD3ASCIIRules: true, checkBidi: true, checkJoiners: true } as const;

/** Lists name the same domains again and again, and reading one is the dearest part of reading an address. */
const REMEMBERED_MAX = 10_000;
const remembered = new Map<string, DomainName>();

/** The domain in both spellings, or null where it is not a public host name. */
export function toDomainName(text: string): DomainName | null {
  const known = remembered.get(text);
  if (known !== undefined) return known;
  // A copy: what is cut out of a file's text keeps the whole text in memory.
  const own = ` ${text}`.slice(1);
  const name = readDomainName(own);
  if (name === null) return null;
  if (remembered.size >= REMEMBERED_MAX) remembered.clear();
  remembered.set(own, name);
  return name;
}

function readDomainName(text: string): DomainName | null {
  const lower = text.toLowerCase();
  const plain = !NON_ASCII.test(lower) && !lower.includes('xn--');
  const ascii = plain ? lower : toASCII(lower, UTS46);
  if (ascii === null || ascii.length > DOMAIN_MAX_CHARS || !HOST_NAME.test(ascii)) return null;
  return { ascii, unicode: plain ? lower : toUnicode(ascii, UTS46).domain };
}

/** Why `toDomainName` said no; the first problem a person would fix. */
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
