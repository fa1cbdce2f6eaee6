import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DomainTable } from './domain-table';

const domain = fc.stringMatching(/^[a-z0-9]{1,8}(\.[a-z0-9]{1,4}){1,3}$/);

describe('a domain table', () => {
  it('answers exactly as the map it was made of', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(domain, fc.integer({ min: 1, max: 7 }))), fc.array(domain), (entries, others) => {
        const map = new Map(entries);
        const table = new DomainTable(map);
        expect(table.size).toBe(map.size);
        for (const name of [...map.keys(), ...others]) expect(table.get(name)).toBe(map.get(name) ?? 0);
      }),
    );
  });

  it('lets the nearest parent speak, but never a single label', () => {
    const table = new DomainTable(
      new Map([
        ['example.com', 1],
        ['sub.example.com', 2],
        ['com', 4],
      ]),
    );
    expect(table.getWithParents('example.com')).toBe(1);
    expect(table.getWithParents('deep.sub.example.com')).toBe(2);
    expect(table.getWithParents('other.example.com')).toBe(1);
    expect(table.getWithParents('example.org')).toBe(0);
    expect(table.getWithParents('other.com')).toBe(0);
    expect(table.getWithParents('myexample.com')).toBe(0);
  });
});
