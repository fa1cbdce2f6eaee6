// One API call: its path, its parameters, and its handler.
import type { z } from 'zod';
import type { World } from '../world';
import { readParams } from './params';

export interface Call<P> {
  params: P;
  /** Ids from the path: the first, and the second if there is one. */
  id: string;
}

export interface Route {
  method: 'GET' | 'POST' | 'DELETE';
  /** With `:id` in place of an id. */
  path: string;
  run: (world: World, given: unknown, id: string) => unknown;
}

export const route = <P>(
  what: `${Route['method']} /v1/${string}`,
  schema: z.ZodType<P>,
  run: (world: World, call: Call<P>) => unknown,
): Route => {
  const [method, path = ''] = what.split(' ');
  return {
    method: method === 'GET' || method === 'DELETE' ? method : 'POST',
    path,
    run: (world, given, id) => run(world, { params: readParams(schema, given), id }),
  };
};

/** Finds the route for a request, and the id in its path. */
export function findRoute(routes: readonly Route[], method: string, path: string): { route: Route; id: string } | null {
  const parts = path.split('/');
  for (const candidate of routes) {
    const wanted = candidate.path.split('/');
    if (candidate.method !== method || wanted.length !== parts.length) continue;
    if (!wanted.every((part, at) => part === ':id' || part === parts[at])) continue;
    const at = wanted.indexOf(':id');
    return { route: candidate, id: at === -1 ? '' : decodeURIComponent(parts[at] ?? '') };
  }
  return null;
}
