import { expect, test } from 'vitest';
import { describeError } from './errors';

test.each(['alice@example.com', '"alice smith"@example.com', 'ålice@bücher.example', 'o.neil+tag@example.com'])(
  'an error that contains %s is logged without it',
  (address) => {
    const text = describeError(new Error(`Key (email)=(${address}) already exists, <${address}>`));
    expect(text).toContain('Key (email)=([address]) already exists, <[address]>');
    expect(text).not.toMatch(/lice|neil|example/);
  },
);
