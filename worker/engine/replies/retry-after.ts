// Reads how long a reply asks us to wait: "try again in 5 minutes", "retry after 300 seconds", "00:05:00", "greylisted for 60 s", "in 5
// Minuten", "через 5 минут", "5分後". A number counts only with a unit (or as h:mm:ss) and beside words that ask to wait. A limit ("10
// messages per 60 seconds") is not a delay. Two different delays, or none within the product's bounds, give null.
import { GREYLIST_DELAY_MAX_S, GREYLIST_DELAY_MIN_S } from '@/lib/platform/limits';

const UNIT_SECONDS: readonly (readonly [RegExp, number])[] = [
  [/^(?:milli|ms)/, 0],
  [/^(?:s|se[ck]\w*|sn|saniye\w*|сек\S*|秒\S*|초\S*)$/, 1],
  [/^(?:m|min\w*|мин\S*|dk|dakika\w*|分\S*|분\S*)$/, 60],
  [
    /^(?:h|hr|hrs|hour\w*|std|stunden?|heures?|horas?|or[ae]|uren|uur|godzin\w*|hodin\w*|saat\w*|час\S*|小时|小時|時間|시간)$/,
    3_600,
  ],
];
const UNIT =
  '(milliseconds?|ms|seconds?|secondes?|secondi|segundos?|secs?|sekunden?|sekund\\w*|seconden|sn|saniye\\w*|s|сек[а-я]*|秒[钟鐘]?|초|minutes?|minuten?|minuti|minutos?|minut\\w*|mins?|min|m|мин[а-я]*|dk|dakika\\w*|分[钟鐘]?|분|hours?|hrs?|stunden?|std|heures?|horas?|ore|ora|uren|uur|godzin\\w*|hodin\\w*|saat\\w*|час[а-я]*|小时|小時|時間|시간|h)(?:\\((?:s|en|e|n)\\))?';

/** "10 messages in 60 seconds", "more than 5 in 60 seconds": the period of a limit, not a delay. */
const COUNTED =
  '(?:connections?|messages?|recipients?|rcpts?|attempts?|e-?mails?|mails?|requests?|errors?|sessions?|commands?|times?|failures?)';
const NOT_A_LIMIT = `(?<!\\b(?:${COUNTED}|than \\d{1,6}|\\d{1,6} ${COUNTED}(?: \\p{L}+){1,2}) )`;
/** Words that ask to wait, directly before the number. */
const ASK = `(?:try|retry|again|later|wait|after|${NOT_A_LIMIT}in|${NOT_A_LIMIT}within|(?:wait|held|delay\\w*|defer\\w*|gr[ea]y\\w*|block\\w*|reject\\w*|suspend\\w*|limit\\w*) for|at least|back|delay|gr[ea]ylist\\w*|deferr?\\w*|accept\\w*|resend|reconnect|expires?|remaining|left|through|until|more|another|next|minimum|dans|apres|après|nach|warten|entre|tra|fra|dopo|en|despues|después|dentro|em|apos|após|daqui|za|po|через|over|na|再|请|請|在|于|約|约)`;
const FILLER =
  '(?:(?:about|approximately|approx\\.?|at least|least|a|another|the|for|in|up to|of|next|mindestens|environ|circa|ca\\.?|etwa|ungefähr|ongeveer|około|minimum|de|a|al menos)[\\s:=(]{1,3})';
const SPELLED_NUMBERS = new Map([
  ['one', 1],
  ['a', 1],
  ['an', 1],
  ['two', 2],
  ['three', 3],
  ['four', 4],
  ['five', 5],
  ['ten', 10],
  ['fifteen', 15],
  ['twenty', 20],
  ['thirty', 30],
  ['sixty', 60],
  ['half an', 0.5],
]);
const NUMBER = `(\\d{1,6}|${[...SPELLED_NUMBERS.keys()].reverse().join('|')})`;
/** Chinese, Japanese and Korean units may be followed by a word without a space. */
const APART = '(?![a-zа-я])';

const DURATION = new RegExp(
  `(?<![\\p{L}\\d])(?:${ASK}[\\s:=(,]{0,3}${FILLER}{0,3})${NUMBER}[\\s-]{0,2}${UNIT}${APART}(?:[\\s,]{0,2}(?:and\\s|und\\s|et\\s|y\\s|e\\s)?(\\d{1,3})[\\s-]?${UNIT}${APART})?`,
  'giu',
);
/** "300 seconds remaining", "60 s delay", "5 dakika sonra", "5分後". */
const DURATION_FIRST = new RegExp(
  `(?<![\\d.:/-])${NUMBER}[\\s-]{0,2}${UNIT}(?:[\\s,)]{1,3}(?:later|delay|remaining|left|wait|from now|gr[ae]ylist\\w*|before|to go|sonra)|\\s?(?:之后|以后|后|後|以上|お待ち|待|후|뒤))`,
  'giu',
);
const CLOCK = new RegExp(
  `${ASK}[\\s:=(]{0,3}(\\d{1,2}):([0-5]\\d):([0-5]\\d)(?![\\d:])(?!\\s*(?:[+-]\\d{4}|utc|gmt|am|pm|cet|[a-z]{3},?\\s\\d))`,
  'giu',
);
/** "retry-after=300" and "retry-after: 300" are in seconds, as HTTP and rspamd use them. */
const BARE_RETRY = /retry[- ]?after\s?[:=]\s?(\d{1,6})(?![\p{L}\p{N}.:]|\s?[\p{L}])/giu;
/** ISO 8601: "retry in PT5M". */
const ISO = /(?<![\p{L}\d])PT(?=\d)(?:(\d{1,2})H)?(?:(\d{1,4})M)?(?:(\d{1,5})S)?(?![\p{L}\d])/gu;

const SEARCHED_MAX_CHARS = 2_000;

function unitSeconds(unit: string): number {
  const name = unit.toLowerCase();
  return UNIT_SECONDS.find(([pattern]) => pattern.test(name))?.[1] ?? 0;
}

function toSeconds(number: string, unit: string): number {
  const count = SPELLED_NUMBERS.get(number.toLowerCase()) ?? Number(number);
  return Math.round(count * unitSeconds(unit));
}

const clockSeconds = (hours = '0', minutes = '0', seconds = '0'): number =>
  Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds);

function* delaysIn(text: string): Generator<number> {
  for (const [, number = '', unit = '', rest = '0', restUnit = 's'] of text.matchAll(DURATION))
    yield toSeconds(number, unit) + toSeconds(rest, restUnit);
  for (const [, number = '', unit = ''] of text.matchAll(DURATION_FIRST)) yield toSeconds(number, unit);
  for (const [, hours, minutes, seconds] of text.matchAll(CLOCK)) yield clockSeconds(hours, minutes, seconds);
  for (const [, hours, minutes, seconds] of text.matchAll(ISO)) yield clockSeconds(hours, minutes, seconds);
  for (const [, seconds] of text.matchAll(BARE_RETRY)) yield Number(seconds);
}

export function parseRetryAfterS(text: string): number | null {
  if (!/\d|minute|hour/i.test(text)) return null;
  const delays = new Set<number>();
  for (const delay of delaysIn(text.slice(0, SEARCHED_MAX_CHARS))) if (delay > 0) delays.add(delay);
  const [only] = delays;
  if (delays.size !== 1 || only === undefined) return null;
  return only >= GREYLIST_DELAY_MIN_S && only <= GREYLIST_DELAY_MAX_S ? only : null;
}
