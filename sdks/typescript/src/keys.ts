import type { ApiKey } from './models.js';
import { type RequestOptions, segment, type Transport } from './transport.js';

/** What is left out of a change stays; what is left out of a new key has no bound. */
export interface KeySettings {
  name?: string;
  scopes?: readonly string[];
  /** ISO 8601. */
  expires_at?: string | null;
  /** Credits a calendar month. */
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

/** For a key with the scope `keys:admin`: it makes none that reaches further than itself. */
export class Keys {
  constructor(private readonly transport: Transport) {}

  async list(options?: RequestOptions): Promise<ApiKey[]> {
    return (await this.transport.json<{ data: ApiKey[] }>({ method: 'GET', path: '/v1/keys', options })).data;
  }

  /** The answer has the secret in `key`, this once. */
  create(key: NewKey, options?: RequestOptions): Promise<ApiKey> {
    return this.transport.json({ method: 'POST', path: '/v1/keys', json: key, options });
  }

  get(id: string, options?: RequestOptions): Promise<ApiKey> {
    return this.transport.json({ method: 'GET', path: pathOf(id), options });
  }

  update(id: string, change: KeySettings, options?: RequestOptions): Promise<ApiKey> {
    return this.transport.json({ method: 'PATCH', path: pathOf(id), json: change, options });
  }

  /** For good. */
  revoke(id: string, options?: RequestOptions): Promise<ApiKey> {
    return this.transport.json({ method: 'DELETE', path: pathOf(id), options });
  }

  /** The answer has the new secret in `key`, this once; the old one works beside it for `old_hours`, 24 unless given. */
  rotate(id: string, settings: { old_hours?: number } = {}, options?: RequestOptions): Promise<ApiKey> {
    return this.transport.json({ method: 'POST', path: `${pathOf(id)}/rotate`, json: settings, options });
  }
}

const pathOf = (id: string): string => `/v1/keys/${segment(id)}`;
