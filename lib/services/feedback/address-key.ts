// One key a mailbox and workspace, under which outcomes are kept instead of the address; with the secret, so that a leaked table
// can't be searched for addresses.
import { createHmac } from 'node:crypto';
import type { JudgedAddress } from '@/lib/data/judged-addresses';
import type { Scope } from '@/lib/data/scope';
import { authSecret } from '../auth/auth-secret';

export const addressKeyOf = ({ workspaceId }: Scope, { canonical, email }: JudgedAddress): string =>
  createHmac('sha256', authSecret())
    .update(`feedback:${workspaceId}:${canonical ?? email.toLowerCase()}`)
    .digest('base64url');
