import { expect, it } from 'vitest';
import { call } from '@/tests/api/call';
import * as route from './route';

it('404: a path that does not exist is a problem, whatever the method', async () => {
  for (const [method, handler] of Object.entries(route)) {
    const refused = await call(handler, { path: '/api/v1/verfy', method });
    expect(refused).toMatchObject({ status: 404, json: { code: 'not_found', request_id: refused.headers.get('x-request-id') } });
    expect(refused.headers.get('content-type')).toBe('application/problem+json');
    expect(refused.headers.get('cache-control')).toBe('no-store');
  }
});
