// Who asks, by the API key of the request: `Authorization: Bearer …`, or `X-API-Key` where a client can't set that.
import 'server-only';
import type { ApiScope } from '@/lib/domain/api-scopes';
import { AppError } from '@/lib/errors';
import { authenticateApiKey, type KeyHolder } from '@/lib/services/authenticate-api-key';
import { clientKeyOf } from './client-address';
import { countFailedKey, refuseGuesser } from './failed-keys';

export async function requireKey(headers: Headers): Promise<KeyHolder> {
  const key = findKey(headers);
  if (key === null) throw new AppError('missing_key', { detail: 'Send your API key in the header Authorization: Bearer <key>.' });
  const clientKey = clientKeyOf(headers);
  await refuseGuesser(clientKey);
  const check = await authenticateApiKey(key);
  if (check.kind === 'accepted') return check.holder;
  if (check.kind === 'closed') throw new AppError('invalid_key', { detail: check.detail });
  await countFailedKey(clientKey);
  throw new AppError('invalid_key');
}

export function requireScope(holder: KeyHolder, scope: ApiScope): void {
  if (holder.mode === 'pub') throw new AppError('insufficient_scope', { detail: 'A public key is of no use here.' });
  if (holder.scopes.includes(scope)) return;
  throw new AppError('insufficient_scope', { detail: `This call needs a key with the scope ${scope}.` });
}

function findKey(headers: Headers): string | null {
  const bearer = /^Bearer +(\S+)$/i.exec(headers.get('authorization')?.trim() ?? '')?.[1];
  const key = bearer ?? headers.get('x-api-key')?.trim();
  return key === undefined || key === '' ? null : key;
}
