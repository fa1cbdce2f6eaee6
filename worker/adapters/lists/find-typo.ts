// Suggests the mail provider that a misspelled domain was meant to be. Guarantee: no suggestion for a domain that is itself a mail
// provider, whatever it looks like. Distance is weighted: a neighboring key, a doubled letter or two swapped letters are likelier slips
// than any other edit. Short names get no suggestion by distance, because every three-letter domain is one slip away from another
// company's.
import { parse } from 'tldts';
import { ENDING_SLIPS, KNOWN_LOOKALIKES, REAL_NEIGHBOURS, REAL_WORDS, SUGGESTED_ONLY, TYPO_TARGETS } from './typos.data';

export interface Typo {
  suggestion: string;
  /** A known, registered look-alike, not just a near miss. */
  known: boolean;
}

interface Target {
  domain: string;
  name: string;
  ending: string;
  letters: number;
}

const TARGETS: readonly Target[] = TYPO_TARGETS.map((domain) => {
  const { name, ending } = splitFirstLabel(domain);
  return { domain, name, ending, letters: letterMask(name) };
});
const TARGET_SET = new Set(TYPO_TARGETS);
const REAL = new Set(REAL_NEIGHBOURS);
const WORDS = new Set(REAL_WORDS);
const byTypo = (table: Readonly<Record<string, string>>): ReadonlyMap<string, string> =>
  new Map(Object.entries(table).flatMap(([target, typos]) => typos.split(' ').map((typo): [string, string] => [typo, target])));
const KNOWN = byTypo(KNOWN_LOOKALIKES);
const SUGGESTED = byTypo(SUGGESTED_ONLY);
/** Providers with a single domain worldwide: any other ending is a slip. */
const ONE_DOMAIN_ONLY = new Set(['gmail', 'icloud', 'googlemail']);
const NAME_MIN_CHARS = 5;
const LONG_NAME_MIN_CHARS = 7;
const DOMAIN_MAX_CHARS = 30;

export const isKnownLookalike = (domain: string): boolean => KNOWN.has(domain);

export function findTypo(domain: string, isMailDomain: (domain: string) => boolean): Typo | null {
  if (domain.length > DOMAIN_MAX_CHARS || TARGET_SET.has(domain) || REAL.has(domain) || isMailDomain(domain)) return null;
  const known = KNOWN.get(domain);
  if (known !== undefined) return { suggestion: known, known: true };

  const clean = domain.replace(/[^a-z0-9.-]/g, '').replace(/^\.+|\.+$/g, '');
  if (clean !== domain && clean !== '')
    return isMailDomain(clean) ? { suggestion: clean, known: false } : findTypo(clean, isMailDomain);
  const suggestion =
    SUGGESTED.get(domain) ?? BARE_NAMES.get(domain) ?? WITHOUT_DOTS.get(domain.replaceAll('.', '')) ?? nearest(domain);
  return suggestion === null ? null : { suggestion, known: false };
}

// If targets share a name, the most used one wins. It comes first in the list, so it is written to the maps last.
const MOST_USED_LAST = [...TARGETS].reverse();

/** `outlookc.om`, `gmailcom` */
const WITHOUT_DOTS: ReadonlyMap<string, string> = new Map(
  MOST_USED_LAST.map(({ domain }): [string, string] => [domain.replaceAll('.', ''), domain]),
);

/** `gmail`: only domains without a dot, since `virgil.io` may be somebody's own. */
const BARE_NAMES: ReadonlyMap<string, string> = new Map(
  MOST_USED_LAST.filter(({ name }) => name.length >= NAME_MIN_CHARS).map(({ domain, name }): [string, string] => [name, domain]),
);

/** The targets whose names have a similar length, by the length of the given name; in the order of TYPO_TARGETS. */
const TARGETS_FOR_LENGTH: readonly (readonly Target[])[] = Array.from({ length: DOMAIN_MAX_CHARS + 1 }, (_, length) =>
  TARGETS.filter(({ name }) => Math.abs(length - name.length) <= Math.ceil(allowedFor(name, true))),
);

function nearest(domain: string): string | null {
  const { name, ending } = splitFirstLabel(domain);
  if (ending === '') return null;
  const letters = letterMask(name);
  let best: { domain: string; distance: number } | null = null;
  for (const target of TARGETS_FOR_LENGTH[name.length] ?? []) {
    // One slip changes the length by at most one and the set of letters by at most two. This check saves nearly all of the work.
    const slipsMax = Math.ceil(allowedFor(target.name, ending === target.ending));
    if (Math.abs(name.length - target.name.length) > slipsMax || bitCount(letters ^ target.letters) > 2 * slipsMax) continue;
    const distance = distanceTo(target, name, ending);
    if (distance !== null && (best === null || distance < best.distance)) best = { domain: target.domain, distance };
  }
  return best?.domain ?? null;
}

/** How far a domain is from a target, or null if it is not a typo of it. */
function distanceTo(target: Target, name: string, ending: string): number | null {
  if (name !== target.name && (target.name.length < NAME_MIN_CHARS || WORDS.has(name))) return null;
  const allowed = allowedFor(target.name, ending === target.ending);
  const nameDistance = name === target.name ? 0 : slips(name, target.name, allowed);
  if (nameDistance > allowed) return null;
  if (ending === target.ending) return nameDistance;
  const endingDistance = distanceOfEndings({ name, ending }, target);
  return endingDistance === null ? null : nameDistance + endingDistance;
}

/** 0.5–2 for a slip of the target's ending; null if the given ending is real or too far off. */
function distanceOfEndings(given: { name: string; ending: string }, target: Target): number | null {
  const long = target.name.length >= NAME_MIN_CHARS;
  if (ENDING_SLIPS[target.ending]?.includes(given.ending) === true) return long || given.ending === 'cm' ? 0.5 : null;
  if (ONE_DOMAIN_ONLY.has(target.name) && given.name === target.name) return 1;
  const distance = slips(given.ending, target.ending, ENDING_SLIPS_MAX);
  return distance <= ENDING_SLIPS_MAX && !isRealEnding(given.ending) ? distance : null;
}

function allowedFor(targetName: string, sameEnding: boolean): number {
  return sameEnding && targetName.length >= LONG_NAME_MIN_CHARS ? 1.7 : 1;
}

/** The name before the ending is long because a single letter may itself be part of a public suffix (`x.se`). */
function isRealEnding(ending: string): boolean {
  const parsed = parse(`neutral-name.${ending}`);
  return parsed.isIcann === true && parsed.publicSuffix === ending;
}

function splitFirstLabel(domain: string): { name: string; ending: string } {
  const dot = domain.indexOf('.');
  return dot === -1 ? { name: domain, ending: '' } : { name: domain.slice(0, dot), ending: domain.slice(dot + 1) };
}

const ROWS = ['1234567890-', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm'];
const KEY_AT = new Map(
  ROWS.flatMap((row, y) => Array.from(row, (key, x): [string, readonly [number, number]] => [key, [x + y / 2, y]])),
);

function isNeighborKey(a: string, b: string): boolean {
  const from = KEY_AT.get(a);
  const to = KEY_AT.get(b);
  return from !== undefined && to !== undefined && Math.abs(from[0] - to[0]) <= 1 && Math.abs(from[1] - to[1]) <= 1;
}

const SLIP = 0.8;
const ENDING_SLIPS_MAX = 2;

/** Optimal string alignment distance, with lower costs for likely slips. A distance over the limit may be returned as infinity. */
function slips(given: string, meant: string, limit: number): number {
  let before: number[] = [];
  let above = Array.from({ length: meant.length + 1 }, (_, j) => j);
  for (let i = 1; i <= given.length; i++) {
    const row = [i];
    for (let j = 1; j <= meant.length; j++) {
      const a = given.charAt(i - 1);
      const b = meant.charAt(j - 1);
      const doubled = i > 1 && a === given.charAt(i - 2) ? SLIP : 1;
      const substituted = a === b ? 0 : isNeighborKey(a, b) ? SLIP : 1;
      let cost = Math.min(at(above, j) + doubled, at(row, j - 1) + 1, at(above, j - 1) + substituted);
      if (i > 1 && j > 1 && a === meant.charAt(j - 2) && given.charAt(i - 2) === b)
        cost = Math.min(cost, at(before, j - 2) + SLIP);
      row.push(cost);
    }
    if (Math.min(...row) > limit && Math.min(...above) > limit) return Number.POSITIVE_INFINITY;
    before = above;
    above = row;
  }
  return at(above, meant.length);
}

const at = (row: readonly number[], index: number): number => row[index] ?? Number.POSITIVE_INFINITY;

/** One bit per letter or digit: a cheap test, since names whose sets differ much cannot be near. */
function letterMask(text: string): number {
  let mask = 0;
  for (let i = 0; i < text.length; i++) mask |= 1 << (text.charCodeAt(i) & 31);
  return mask;
}

/** Counts bits in pairs, then in fours, then in bytes, because it runs a hundred times per domain. */
function bitCount(mask: number): number {
  const pairs = mask - ((mask >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
