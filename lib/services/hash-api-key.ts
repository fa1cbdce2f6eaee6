// What is kept of an API key: its SHA-256. A key has 190 random bits, so it needs no salt and no slow hash.
import { createHash } from 'node:crypto';

export const hashApiKey = (key: string): string => createHash('sha256').update(key).digest('hex');
