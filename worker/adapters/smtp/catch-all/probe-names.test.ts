import { expect, it } from 'vitest';
import { FIRST_NAMES, SURNAME_BEGINNINGS, SURNAME_ENDINGS, SURNAME_MIDDLES, createProbeNames } from './probe-names';

const DAY_MS = 24 * 3_600_000;

it('a name is the same all day in every process with the same secret, and another one the next day', () => {
  let now = DAY_MS * 20_000;
  const names = createProbeNames('secret', () => now);
  const others = createProbeNames('secret', () => now + DAY_MS - 1);
  for (const shape of ['random', 'human'] as const) {
    const name = names('a.test', shape);
    expect(others('a.test', shape)).toBe(name);
    now += DAY_MS;
    expect(names('a.test', shape)).not.toBe(name);
    now -= DAY_MS;
  }
});

it('a name depends on the domain, the shape and the secret', () => {
  const names = createProbeNames('secret', () => 0);
  const all = [names('a.test', 'random'), names('b.test', 'random'), names('a.test', 'human'), names('b.test', 'human')];
  expect(new Set([...all, createProbeNames('other', () => 0)('a.test', 'random')]).size).toBe(5);
});

it('without a secret two processes make up different names', () => {
  expect(createProbeNames('')('a.test', 'human')).not.toBe(createProbeNames('')('a.test', 'human'));
});

it('a human name is one of many millions, each as likely as any other', () => {
  const lists = [FIRST_NAMES, SURNAME_BEGINNINGS, SURNAME_MIDDLES, SURNAME_ENDINGS];
  expect(lists.map((list) => new Set(list).size)).toEqual([128, 64, 16, 32]);
  const names = createProbeNames('secret', () => 0);
  const drawn = Array.from({ length: 2_000 }, (_, n) => names(`d${String(n)}.test`, 'human'));
  expect(new Set(drawn).size).toBeGreaterThanOrEqual(1_998);
});

it('a random name is eight letters; a human one reads like a person, without a digit', () => {
  const names = createProbeNames('secret', () => 0);
  for (let n = 0; n < 500; n++) {
    expect(names(`d${String(n)}.test`, 'random')).toMatch(/^[a-z]{8}$/);
    expect(names(`d${String(n)}.test`, 'human')).toMatch(/^[a-z]{3,9}\.[a-z]{7,15}$/);
  }
});
