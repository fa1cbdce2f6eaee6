import { expect, it } from 'vitest';
import { curlExample } from './curl-example';

it('is one command that calls this installation with this key', () => {
  const command = curlExample('https://verify.example.org', 'evk_live_abc', 'name@example.com');
  expect(
    command
      .split('\n')
      .slice(0, -1)
      .every((line) => line.endsWith('\\')),
  ).toBe(true);
  expect(command).toContain('curl https://verify.example.org/v1/verify/single');
  expect(command).toContain("'Authorization: Bearer evk_live_abc'");
  const body: unknown = JSON.parse(/-d '(.*)'/.exec(command)?.[1] ?? '');
  expect(body).toEqual({ email: 'name@example.com' });
});
