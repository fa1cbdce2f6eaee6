// The form of an API key: `evk_<mode>_`, 32 random base62 characters, and 6 base62 characters of the CRC-32 of all before
// them. So a mistyped or cut key is told from a real one without asking anybody, and scanners of leaked secrets can be sure.
// The checksum is no secret and proves nothing but good spelling. The random part is made in the service.

export const API_KEY_MODES = ['live', 'test', 'pub'] as const;
export type ApiKeyMode = (typeof API_KEY_MODES)[number];

export const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
export const API_KEY_RANDOM_CHARS = 32;
/** 62^6 is more than 2^32. */
const CHECKSUM_CHARS = 6;
const LAST_CHARS = 4;

const FORM = new RegExp(`^(evk_(live|test|pub)_[0-9A-Za-z]{${API_KEY_RANDOM_CHARS}})([0-9A-Za-z]{${CHECKSUM_CHARS}})$`);

export interface ParsedApiKey {
  mode: ApiKeyMode;
  /** Its last characters, by which its owner knows it again. */
  last4: string;
}

export function composeApiKey(mode: ApiKeyMode, random: string): string {
  const head = `evk_${mode}_${random}`;
  return `${head}${checksumOf(head)}`;
}

/** Null for anything that was never a key of ours. */
export function parseApiKey(text: string): ParsedApiKey | null {
  const [, head = '', word, checksum] = FORM.exec(text) ?? [];
  const mode = API_KEY_MODES.find((known) => known === word);
  if (mode === undefined || checksum !== checksumOf(head)) return null;
  return { mode, last4: text.slice(-LAST_CHARS) };
}

function checksumOf(text: string): string {
  let digits = '';
  for (let rest = crc32(text); digits.length < CHECKSUM_CHARS; rest = Math.floor(rest / BASE62.length)) {
    digits = BASE62.charAt(rest % BASE62.length) + digits;
  }
  return digits;
}

/** The CRC-32 of ISO 3309 and zip files, of ASCII text. It notices every change within 32 bits in a row. */
export function crc32(text: string): number {
  let crc = 0xffffffff;
  for (let index = 0; index < text.length; index++) {
    crc ^= text.charCodeAt(index);
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ ((crc & 1) === 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
