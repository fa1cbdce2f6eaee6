import type { ApiKey } from './models.js';
import { type RequestOptions, segment, type Transport } from './transport.js';

/** In a change, omitted settings stay unchanged; in a new key, an omitted limit means no limit. */
export interface KeySettings {
  name?: string;
  scopes?: readonly string[];
  /** ISO 8601. */
  expires_at?: string | null;
  /** Credits for each calendar month. */
  monthly_budget?: number | null;
  allowed_ips?: readonly string[];
  allowed_origins?: readonly string[];
}

export interface NewKey extends KeySettings {
  name: string;
  scopes: readonly string[];
  /** Default `live`. */
  mode?: 'live' | 'test' | 'pub';
}

/** Manages API keys. Needs a key with the scope `keys:admin`, which cannot create a key with more rights than its own. */
export class Keys {
  constructor(private readonly transport: Transport) {}

  async list(options?: RequestOptions): Promise<ApiKey[]> {
    return (await this.transport.json<{ data: ApiKey[] }>({ method: 'GET', path: '/v1/keys', options })).data;
  }

  /** The response contains the secret in `key`, which is shown only once. */
  create(key: NewKey, options?: RequestOptions): Promise<ApiKey> {
    return this.transport.json({ method: 'POST', path: '/v1/keys', json: key, options });
  }

  get(id: string, options?: RequestOptions): Promise<ApiKey> {
    return this.transport.json({ method: 'GET', path: pathOf(id), options });
  }

  update(id: string, change: KeySettings, options?: RequestOptions): Promise<ApiKey> {
    return this.transport.json({ method: 'PATCH', path: pathOf(id), json: change, options });
  }

  /** Revokes the key permanently. */
  revoke(id: string, options?: RequestOptions): Promise<ApiKey> {
    return this.transport.json({ method: 'DELETE', path: pathOf(id), options });
  }

  /** The response contains the new secret in `key`, which is shown only once. The old secret keeps working for `old_hours` hours (default 24). */
  rotate(id: string, settings: { old_hours?: number } = {}, options?: RequestOptions): Promise<ApiKey> {
    return this.transport.json({ method: 'POST', path: `${pathOf(id)}/rotate`, json: settings, options });
  }
}

const pathOf = (id: string): string => `/v1/keys/${segment(id)}`;
