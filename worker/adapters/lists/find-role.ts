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

/** Lower case, without quotes and +tag, in parts. */
function partsOf(localPart: string): string[] {
  const name = localPart.startsWith('"') ? localPart.slice(1, -1) : localPart;
  const plus = name.indexOf('+', 1);
  const parts = (plus === -1 ? name : name.slice(0, plus)).toLowerCase().split(SEPARATORS);
  return parts.filter((part) => part !== '');
}

function isRoleWord(word: string): boolean {
  if (ROLES.has(word)) return true;
  const bare = word.replace(/\d{1,4}$/, '');
  return bare.length >= NUMBERED_MIN_CHARS && ROLES.has(bare) && !PERSONS.has(bare);
}

/** `user.17`, `student-1042` */
const isNumberedPerson = ([word = '', number = '', ...more]: readonly string[]): boolean =>
  more.length === 0 && PERSONS.has(word) && /^\d+$/.test(number);

const isQualifier = (word: string): boolean => QUALIFIERS.has(word) || COUNTRY.test(word) || /^\d{1,4}$/.test(word);

export function isRole(localPart: string): boolean {
  const parts = partsOf(localPart);
  const joined = parts.join('');
  if (isRoleWord(joined) || isNoReplyName(parts)) return true;
  if (isNumberedPerson(parts)) return false;
  if (parts.length < 2 || joined.length < COMPOUND_MIN_CHARS) return false;
  return parts.some(isRoleWord) && parts.every((part) => isRoleWord(part) || isQualifier(part));
}

export const isNoReply = (localPart: string): boolean => isNoReplyName(partsOf(localPart));

/** `no-reply-billing`, `noreply2`, `bounce.12345`: the first parts together make the name. */
function isNoReplyName(parts: readonly string[]): boolean {
  let joined = '';
  for (const part of parts.slice(0, 4)) {
    joined += part.replace(/\d+$/, '');
    if (NO_REPLY.has(joined)) return true;
  }
  return false;
}
