// @vitest-environment jsdom
import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { CreditsLeft } from './credits-left';

const at = vi.hoisted(() => ({ pathname: '/billing/return' }));
vi.mock('next/navigation', () => ({ usePathname: () => at.pathname }));

const answer = vi.fn<() => Promise<Response>>();
const words = () => screen.getByRole('link').textContent;
const settle = () => act(() => Promise.resolve().then(() => new Promise((done) => setTimeout(done))));

beforeEach(() => {
  at.pathname = '/billing/return';
  answer.mockReset();
  vi.stubGlobal('fetch', answer);
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

it('is fetched when people move to another page, and a later rendering by the server replaces it', async () => {
  answer.mockResolvedValue(Response.json({ available: 1_970, held: 0 }));
  const view = render(<CreditsLeft available={2_000} held={30} />);
  await settle();
  expect(answer).not.toHaveBeenCalled();
  expect(words()).toBe('2,000 credits left, 30 held');
  at.pathname = '/lists/lst_1';
  view.rerender(<CreditsLeft available={2_000} held={30} />);
  await settle();
  expect(words()).toBe('1,970 credits left');
  view.rerender(<CreditsLeft available={1} held={0} />);
  expect(words()).toBe('1 credit left');
  expect(answer).toHaveBeenCalledTimes(1);
});

it.each([
  ['refuses', () => Promise.resolve(new Response('', { status: 503 }))],
  ['is away', () => Promise.reject(new TypeError('Failed to fetch'))],
  ['says something else', () => Promise.resolve(Response.json({ available: 'many' }))],
])('stays as it is if the server %s', async (_how, given) => {
  answer.mockImplementation(given);
  const view = render(<CreditsLeft available={5} held={0} />);
  at.pathname = '/verify';
  view.rerender(<CreditsLeft available={5} held={0} />);
  await settle();
  expect(words()).toBe('5 credits left');
});
