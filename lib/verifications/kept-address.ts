import { ADDRESS_INPUT_MAX_CHARS } from '@/lib/platform/limits';
import { toStorableText } from '@/lib/platform/storable-text';
import { trimAddress } from '@/lib/verdict/address';

/**
 * An address as a row keeps it: trimmed, cut to its limit, and without what PostgreSQL can't store. Such a character becomes
 * another control character, so that the address stays as invalid as it was. Look-ups by address use the same form.
 */
export const toKeptAddress = (email: string): string =>
  toStorableText(trimAddress(email).slice(0, ADDRESS_INPUT_MAX_CHARS), '\u0001');
