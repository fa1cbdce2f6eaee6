// A signing secret of Standard Webhooks: `whsec_` and the base64 of 32 random bytes.
import { randomBytes } from 'node:crypto';
import { SECRET_PREFIX } from './compose-request';

const SECRET_BYTES = 32;

export const newSecret = (): string => `${SECRET_PREFIX}${randomBytes(SECRET_BYTES).toString('base64')}`;
