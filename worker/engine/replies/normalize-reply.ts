// Normalizes a reply's text to the form that the rules are written for: lower case without accents, one line, without the codes that a
// server repeats on each line. Addresses become %a, IP addresses %i, and host names (except block lists) one fixed host, so that no rule
// can depend on a name. Never throws, and never looks at more than the first 800 characters.
import { BLOCK_LISTS } from './block-lists.data';

export interface NormalizedReply {
  text: string;
  /** RFC 3463 status from the argument, or else from the text; '' if neither has one. */
  enhanced: string;
  ascii: boolean;
}

const TEXT_MAX_CHARS = 800;
const STATUS = /^[245]\.\d{1,3}\.\d{1,3}$/;
// "(#5.1.1)", "550 5.1.1 …", "[#4.16.4:70]": not the middle of an IP address or version.
const STATUS_IN_TEXT = /(?<![\d.])([245]\.\d{1,2}\.\d{1,3})(?![\d]|\.\d)/;
const NON_ASCII = /[^\0-\x7f]/;
const COMBINING = /[\u0300-\u036f]/g;
const ESCAPED_BYTES = /\\x([0-9a-f]{2})/gi;
const MOJIBAKE = /[\u00c2-\u00c5\u00d0\u00d1][\u0080-\u00bf]/;
// A code that starts a line, or repeats inside a reply whose lines were joined: "… please 550-5.1.1 try …".
const LINE_CODE = /(?:^|[\s])[245]\d\d(?:-|[ ](?=#?[245]\.\d)|[ ]?$)|(?<=\n)[245]\d\d /gm;
/** The code of the last line, in a multiline reply whose lines were joined: "550-please 550 try again". */
const LAST_LINE_CODE = /^(\s*([245]\d\d)-.*\s)\2 (?=\S)/s;
const LEADING_CODE = /^\s*[245]\d\d[ -]/;
const INLINE_STATUS = /(?:^|[\s(])#?[245]\.\d{1,2}\.\d{1,3}(?=[\s):;,\]-]|$)/g;
const ADDRESS = /<?(?:"[^"]{1,64}"|[^\s<>()[\]:;,"']{1,80})@+[^\s<>()[\];:,"']{1,200}>?/g;
const IP4 = /\[?(?<![\d.])\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?![\d])\]?/g;
const IP6 = /\[?(?:ipv6:)?(?<![0-9a-z:])(?:[0-9a-f]{1,4}:){2,7}(?::?[0-9a-f]{1,4})+\]?/g;
const HTML_TAG =
  /<\/?(?:a|b|br|p|i|u|hr|em|font|html|head|body|title|span|div|strong|table|tr|td|h[1-6]|ul|li)(?:\s[^<>]{0,300})?\/?>/g;
/** A host name outside of a link, by a closed list of endings: "rejected.please" is two words. */
const HOST =
  /(?<![\w./@%=?&-])(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.){1,8}(?:com|net|org|info|biz|edu|gov|mil|arpa|example|test|invalid|local|localhost|localdomain|lan|mail|cloud|online|email|xyz|shop|site|[a-z]{2})\b(?![\w@/=-]|\.[a-z0-9])/g;
/** Endings that are also words count only in names of three or more parts: "user unknown.it is" has no host. */
const WORD_ENDING =
  /^[^.]+\.(?:is|it|in|no|my|to|so|be|at|me|us|as|am|do|we|if|or|an|by|he|test|mail|local|invalid|online|email|site)$/;
/** Names that carry the meaning: block lists, and the site that explains SPF. */
const KEPT_HOST = new RegExp(`${BLOCK_LISTS}|open-?spf\\.`);
const HOST_MASK = 'host.example';
/** "http://…/why?sender=check@example.org": the link matters, not the address in it. */
const QUERIED_ADDRESS = /(https?:\/\/[^\s?@]{1,200})\?[^\s@]{0,200}@\S*/g;
/** "https://…/lookup?ip=192.0.2.1": the link matters, not the IP address in it. */
const QUERIED_IP = /(?<=[\w/.])[?&](?:\w{1,12}=%i|i=ip\b)/g;
/** What a log appends to the reply: "(in reply to RCPT TO command)", "; from=<…> to=<…> proto=ESMTP helo=<…>". */
const LOG_TAIL =
  /(?:\s*[;,] (?:from|to|proto)=<?[^>\s]*>?,? (?:to=<[^>]*>,? )?(?:proto=[a-z]+|helo=).*$|\s*\(in reply to [a-z ]+(?:command)?\)?\s*$)/s;
/** What a log puts before the reply: "host mx.example.com[192.0.2.1] said: 550 …", "… did not like our RCPT TO: 550 …". */
const LOG_HEAD =
  /(?:\b(?:said|responded):|did not like our [a-z ]{4,12}:|: host \S{1,255} \[[0-9a-f.:]{2,45}\]:|unknown address error) ?['"]?(?=[245]\d\d[ -]|[245]\.\d\.\d)/;
/** "callback to sender said: 550 …" is the reply itself, not a log. */
const CALLED_BACK = /sender|call-?(?:out|back)/;
/** Most replies contain none of these, and skip the search for the head. */
const LOG_WORDS = /said:|responded:|did not like|: host |address error/;
const LOG_HEAD_MAX_CHARS = 300;
/** After a refused RCPT a pipelining client also gets "503 need RCPT", which adds nothing. */
const AFTERMATH = /(?<=\S)\s+503[ -](?:5\.\d\.\d )?[^\n]{0,60}\brcpt\b.*$/s;
const SPACES = /[\s\u00a0\u3000_]+/g;

const LETTERS = new Map([
  ['\u0142', 'l'],
  ['\u0131', 'i'],
  ['\u00f8', 'o'],
  ['\u00df', 'ss'],
  ['\u00e6', 'ae'],
  ['\u0111', 'd'],
  ['\u2019', "'"],
  ['\u2018', "'"],
  ['\u00b4', "'"],
  ['\u201c', '"'],
  ['\u201d', '"'],
  ['\u2013', '-'],
  ['\u2014', '-'],
]);
const LETTER = new RegExp(`[${[...LETTERS.keys()].join('')}]`, 'g');
const UTF8 = new TextDecoder('utf-8', { fatal: true });

/** Repairs UTF-8 that was read as Latin-1: "Usu\u00c3\u00a1rio". Unchanged if the bytes are not valid UTF-8. */
function repairMojibake(text: string): string {
  const bytes = Uint8Array.from(text, (c) => Math.min(c.charCodeAt(0), 0xff));
  try {
    return UTF8.decode(bytes);
  } catch {
    return text;
  }
}

function foldLetters(text: string): string {
  const whole = MOJIBAKE.test(text) && !/[^\0-\xff]/.test(text) ? repairMojibake(text) : text;
  return whole
    .normalize('NFKD')
    .replace(COMBINING, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(COMBINING, '')
    .replace(LETTER, (c) => LETTERS.get(c) ?? c);
}

function maskNames(text: string): string {
  let masked = text;
  if (masked.includes('@'))
    masked = masked
      .replace(QUERIED_ADDRESS, '$1')
      .replace(ADDRESS, (found) => (found.startsWith('<') && found.endsWith('>') ? '<%a>' : '%a'));
  if (masked.includes('.')) {
    masked = masked
      .replace(IP4, '%i')
      .replace(HOST, (host) => (WORD_ENDING.test(host) || KEPT_HOST.test(host) ? host : HOST_MASK));
  }
  if (masked.includes(':')) masked = masked.replace(IP6, '%i');
  return masked;
}

function withoutLogHead(text: string): string {
  if (!LOG_WORDS.test(text)) return text;
  const head = LOG_HEAD.exec(text);
  const isHead = head !== null && head.index <= LOG_HEAD_MAX_CHARS && !CALLED_BACK.test(text.slice(0, head.index));
  return isHead ? text.slice(head.index + head[0].length) : text;
}

export function normalizeReply(text: string, enhanced: string | null): NormalizedReply {
  const given = enhanced !== null && STATUS.test(enhanced) ? enhanced : null;
  let t = text.length > TEXT_MAX_CHARS ? text.slice(0, TEXT_MAX_CHARS) : text;
  const status = given ?? STATUS_IN_TEXT.exec(t)?.[1] ?? '';
  // Bytes that were not UTF-8 arrive as \xNN; read as Latin-1 they are the letters of western languages.
  if (t.includes('\\x')) t = t.replace(ESCAPED_BYTES, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  const ascii = !NON_ASCII.test(t);
  t = ascii ? t.toLowerCase() : foldLetters(t);
  t = withoutLogHead(t);
  if (t.includes('503')) t = t.replace(AFTERMATH, '');
  t = t.replace(LAST_LINE_CODE, '$1').replace(LEADING_CODE, '').replace(LINE_CODE, ' ').replace(INLINE_STATUS, ' ');
  t = t.replace(LOG_TAIL, '');
  t = maskNames(t);
  if (t.includes('=%i') || t.includes('i=ip')) t = t.replace(QUERIED_IP, '');
  if (t.includes('<')) t = t.replace(HTML_TAG, ' ');
  return { text: t.replace(SPACES, ' ').trim(), enhanced: status, ascii: ascii || !NON_ASCII.test(t) };
}
