// Tells whether a local part is a task's or a group's name. A name counts when it is one without its separators (`no.reply`),
// with a number behind it (`info2`), or when each of its parts is a role name or a qualifier (`sales-eu`). A part that is
// neither makes it a person's (`press.ley`, `accountant.jane`), and so does a number behind a word that counts persons (`user17`),
// since a wrong flag on a person is the worse mistake.
import { NO_REPLY_NAMES, NUMBERED_PERSONS, ROLE_NAMES, ROLE_QUALIFIERS } from './role-names.data';

const ROLES = new Set(Object.values(ROLE_NAMES).flat());
const PERSONS = new Set(NUMBERED_PERSONS);
const QUALIFIERS = new Set(ROLE_QUALIFIERS);
const NO_REPLY = new Set(NO_REPLY_NAMES);
const SEPARATORS = /[._-]+/;
const COUNTRY = /^[a-z]{2}$/;
/** Short names with a number, or with a two-letter country, are initials more often than roles (`ap4`, `jo.ap`). */
const NUMBERED_MIN_CHARS = 4;
const COMPOUND_MIN_CHARS = 5;
const NO_REPLY_PARTS = 4;

/** Two questions are asked about the same name in turn. */
let last: { localPart: string; parts: readonly string[] } = { localPart: '', parts: [] };

/** Lower case, without quotes and +tag, in parts. */
function partsOf(localPart: string): readonly string[] {
  if (localPart !== last.localPart) last = { localPart, parts: split(localPart) };
  return last.parts;
}

function split(localPart: string): readonly string[] {
  const name = localPart.startsWith('"') ? localPart.slice(1, -1) : localPart;
  const plus = name.indexOf('+', 1);
  const lower = (plus === -1 ? name : name.slice(0, plus)).toLowerCase();
  return SEPARATORS.test(lower) ? lower.split(SEPARATORS).filter((part) => part !== '') : lower === '' ? [] : [lower];
}

const DIGIT_0 = 48;
const DIGIT_9 = 57;
const endsInDigit = (word: string): boolean => {
  const code = word.charCodeAt(word.length - 1);
  return code >= DIGIT_0 && code <= DIGIT_9;
};

function isRoleWord(word: string): boolean {
  if (ROLES.has(word)) return true;
  if (!endsInDigit(word)) return false;
  const bare = word.replace(/\d{1,4}$/, '');
  return bare.length >= NUMBERED_MIN_CHARS && ROLES.has(bare) && !PERSONS.has(bare);
}

/** `user.17`, `student-1042` */
const isNumberedPerson = (parts: readonly string[]): boolean =>
  parts.length === 2 && PERSONS.has(parts[0] ?? '') && /^\d+$/.test(parts[1] ?? '');

const isQualifier = (word: string): boolean => QUALIFIERS.has(word) || COUNTRY.test(word) || /^\d{1,4}$/.test(word);

export function isRole(localPart: string): boolean {
  const parts = partsOf(localPart);
  const joined = parts.length === 1 ? (parts[0] ?? '') : parts.join('');
  if (isRoleWord(joined) || isNoReplyName(parts)) return true;
  if (isNumberedPerson(parts)) return false;
  if (parts.length < 2 || joined.length < COMPOUND_MIN_CHARS) return false;
  return parts.some(isRoleWord) && parts.every((part) => isRoleWord(part) || isQualifier(part));
}

export const isNoReply = (localPart: string): boolean => isNoReplyName(partsOf(localPart));

/** `no-reply-billing`, `noreply2`, `bounce.12345`: the first parts together make the name. */
function isNoReplyName(parts: readonly string[]): boolean {
  let joined = '';
  for (let index = 0; index < parts.length && index < NO_REPLY_PARTS; index++) {
    const part = parts[index] ?? '';
    joined += endsInDigit(part) ? part.replace(/\d+$/, '') : part;
    if (NO_REPLY.has(joined)) return true;
  }
  return false;
}
