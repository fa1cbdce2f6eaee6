// Masks what stored evidence must not reveal: the address we asked about, and our own names and addresses. Guarantees: none of them is left
// in the result, in upper or lower case or in the encodings in which servers quote them, and the result is bounded. What the server says
// about itself is kept.
import { EVIDENCE_TEXT_MAX_CHARS } from '@/lib/platform/limits';

export interface ReplySecrets {
  /** The probed address as it went on the wire. */
  address: string;
  localPart?: string;
  /** Our HELO names, sender addresses and IP addresses. */
  ownNames: readonly string[];
}

export const ADDRESS_MASK = '[address]';
export const OWN_MASK = '[us]';
/** A reply is cut to this length before it is searched; text beyond it never reaches the evidence. */
const SEARCHED_MAX_CHARS = EVIDENCE_TEXT_MAX_CHARS * 8;
/** Shorter local parts ("a", "de") are masked only in quotes or brackets. */
const BARE_LOCAL_PART_MIN_CHARS = 3;

/** Words that replies use: "User unknown" must stay readable for a mailbox named `user`. */
const REPLY_WORDS = new Set(
  'user users mailbox mail email account recipient address unknown error service server host message'.split(' '),
);

const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const escapeForPattern = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** A name next to a letter or digit is part of a longer word: the "ann" in "cannot" must stay. */
const APART_BEFORE = '(?<![\\p{L}\\p{N}])';
const APART_AFTER = '(?![\\p{L}\\p{N}])';

/** `encodeURIComponent` throws on half a surrogate pair. */
const percentEncoded = (text: string): string => encodeURIComponent(text.replace(LONE_SURROGATE, ''));

function spellings(name: string): string[] {
  const encoded = percentEncoded(name);
  const hyphenated = /^\d{1,3}(?:\.\d{1,3}){3}$/.test(name)
    ? [name.replaceAll('.', '-'), name.split('.').reverse().join('.')]
    : [];
  return [...new Set([name, encoded, name.replaceAll('@', '=40'), name.replaceAll('@', '='), ...hyphenated])].filter(
    (one) => one !== '',
  );
}

const ONLY_ASCII = /^[\0-\x7f]*$/;
const isAlphanumeric = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57);

/** The longest run of letters and digits, which is part of every spelling of a name. */
function coreOf(name: string): string {
  let best = 0;
  let length = 0;
  for (let at = 0, start = 0; at <= name.length; at++) {
    if (isAlphanumeric(name.charCodeAt(at))) continue;
    if (at - start > length) {
      best = start;
      length = at - start;
    }
    start = at + 1;
  }
  return name.slice(best, best + length).toLowerCase();
}

/** Own names are one list for a whole session, so their cores are computed once. */
const coresOfOwn = new WeakMap<readonly string[], readonly string[]>();

function ownCores(ownNames: readonly string[]): readonly string[] {
  const known = coresOfOwn.get(ownNames);
  if (known !== undefined) return known;
  const cores = ownNames.filter((name) => name.trim() !== '').map(coreOf);
  coresOfOwn.set(ownNames, cores);
  return cores;
}

/** False if no spelling of any name can be in the text. Most replies name nobody, and a pattern costs far more than this check. */
function mayHold(text: string, { address, localPart = '', ownNames }: ReplySecrets): boolean {
  if (!ONLY_ASCII.test(text)) return true;
  const lower = text.toLowerCase();
  if (address.trim() !== '' && lower.includes(coreOf(address))) return true;
  if (localPart !== '' && lower.includes(coreOf(localPart))) return true;
  return ownCores(ownNames).some((core) => lower.includes(core));
}

function maskNames(text: string, names: readonly string[], mask: string): string {
  const wanted = names.map((name) => name.trim()).filter((name) => name !== '');
  if (wanted.length === 0) return text;
  const sources = wanted
    .flatMap(spellings)
    .sort((a, b) => b.length - a.length)
    .map(escapeForPattern);
  return text.replace(new RegExp(`${APART_BEFORE}(?:${sources.join('|')})${APART_AFTER}`, 'giu'), mask);
}

function maskLocalPart(text: string, localPart: string): string {
  if (localPart === '') return text;
  const isTelling = localPart.length >= BARE_LOCAL_PART_MIN_CHARS && !REPLY_WORDS.has(localPart.toLowerCase());
  if (isTelling) return maskNames(text, [localPart], ADDRESS_MASK);
  return text.replace(new RegExp(`(?<=[<("'])${escapeForPattern(localPart)}(?=[>)"'@])`, 'giu'), ADDRESS_MASK);
}

/** Never ends in half a surrogate pair. */
const cut = (text: string, max: number): string =>
  text.length > max ? text.slice(0, max).replace(/[\ud800-\udbff]$/, '') : text;

export function redactReply(text: string, secrets: ReplySecrets): string {
  const searched = cut(text, SEARCHED_MAX_CHARS);
  if (!mayHold(searched, secrets)) return cut(searched, EVIDENCE_TEXT_MAX_CHARS);
  const addressMasked = maskNames(searched, [secrets.address], ADDRESS_MASK);
  const localMasked = secrets.localPart === undefined ? addressMasked : maskLocalPart(addressMasked, secrets.localPart);
  return cut(maskNames(localMasked, secrets.ownNames, OWN_MASK), EVIDENCE_TEXT_MAX_CHARS);
}
