import { expect, it } from 'vitest';
import { createGreylist } from './greylist';

const triplet = { client: '127.0.0.1', sender: '', recipient: 'alice@greylist.sandbox.test' };

it('lets a triplet in only after the delay, however often it asks', () => {
  let now = 1_000;
  const wait = createGreylist({ delayMs: 5_000, now: () => now });
  expect(wait(triplet)).toBe(5);
  now += 2_500;
  expect(wait(triplet)).toBe(3);
  now += 2_499;
  expect(wait(triplet)).toBe(1);
  now += 1;
  expect(wait(triplet)).toBe(0);
});

it('treats another client, sender or recipient as a new triplet', () => {
  let now = 0;
  const wait = createGreylist({ delayMs: 5_000, now: () => now });
  wait(triplet);
  now = 5_000;
  expect(wait({ ...triplet, client: '127.0.0.2' })).toBe(5);
  expect(wait({ ...triplet, sender: 'check@probe.example' })).toBe(5);
  expect(wait({ ...triplet, recipient: 'bob@greylist.sandbox.test' })).toBe(5);
  expect(wait({ ...triplet, recipient: 'ALICE@greylist.sandbox.test' })).toBe(0);
});

it('forgets a triplet after ten minutes, and the oldest when there are too many', () => {
  let now = 0;
  const wait = createGreylist({ delayMs: 5_000, now: () => now });
  wait(triplet);
  now = 599_999;
  expect(wait(triplet)).toBe(0);
  now = 600_000;
  expect(wait(triplet)).toBe(5);
  now = 605_000;
  for (let i = 0; i < 10_000; i += 1) wait({ ...triplet, recipient: `r${i}@greylist.sandbox.test` });
  expect(wait(triplet)).toBe(5);
});
