// The filters of the operator's page, as given in the URL. Parameters that are not understood are dropped, so a mistyped link shows more
// rows instead of an error.
import { isHealthState, type HealthFilter } from '@/lib/operator/rules';

export interface OperatorSearch extends HealthFilter {
  cursor?: string | undefined;
}

const NAME_MAX_CHARS = 320;
/** A cursor holds two names and two short words, in base64. */
const CURSOR_MAX_CHARS = 4_000;

export function parseOperatorSearch(params: Record<string, string | string[] | undefined>): OperatorSearch {
  const one = (name: string, maxChars: number): string | undefined => {
    const value = params[name];
    const text = typeof value === 'string' ? value.replaceAll('\0', '').trim().slice(0, maxChars) : '';
    return text === '' ? undefined : text;
  };
  const state = one('state', NAME_MAX_CHARS);
  return {
    identity: one('identity', NAME_MAX_CHARS),
    provider: one('provider', NAME_MAX_CHARS),
    state: state !== undefined && isHealthState(state) ? state : undefined,
    cursor: one('cursor', CURSOR_MAX_CHARS),
  };
}

/** The page's path for this search. */
export function operatorPath(search: OperatorSearch): string {
  const params = new URLSearchParams();
  for (const name of ['identity', 'provider', 'state', 'cursor'] as const) {
    const value = search[name];
    if (value !== undefined) params.set(name, value);
  }
  return params.size === 0 ? '/operator' : `/operator?${params.toString()}`;
}
