// @vitest-environment jsdom
import { render } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { LocalTime } from './local-time';

afterEach(() => vi.unstubAllEnvs());

it.each([
  ['2026-11-30', 'Nov 30, 2026'],
  ['2026-11-30T00:00:00Z', 'Nov 29, 2026'],
])('%s is %s for a reader in New York', (iso, shown) => {
  vi.stubEnv('TZ', 'America/New_York');
  expect(render(<LocalTime iso={iso} show="date" />).container.textContent).toBe(shown);
});
