// An address as a row keeps it: trimmed, cut to its limit, and without what PostgreSQL can't store; such a character becomes
// another control character, so that the address stays as invalid as it was. Reading by address uses the same form.
import { toStorableText } from '@/lib/data/verification-json';
import { trimAddress } from '@/lib/domain/address';
import { ADDRESS_INPUT_MAX_CHARS } from '@/lib/domain/limits';

export const toKeptAddress = (email: string): string =>
  toStorableText(trimAddress(email).slice(0, ADDRESS_INPUT_MAX_CHARS), '\u0001');
