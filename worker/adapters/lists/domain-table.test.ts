import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DomainTable } from './load-disposable';

const domain = fc.stringMatching(/^[a-z0-9]{1,8}(\.[a-z0-9]{1,4}){1,3}$/);

describe('a domain table', () => {
  it('answers exactly like the map it was built from', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(domain, fc.integer({ min: 1, max: 7 }))), fc.array(domain), (entries, others) => {
        const map = new Map(entries);
        const table = DomainTable.of(map);
        expect(table.size).toBe(map.size);
        for (const name of [...map.keys(), ...others]) expect(table.get(name)).toBe(map.get(name) ?? 0);
      }),
    );
  });

  it('answers the same after it was written and read back', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(domain, fc.integer({ min: 1, max: 7 }))),
        fc.integer({ min: 0, max: 7 }),
        (entries, offset) => {
          const map = new Map(entries);
          const bytes = DomainTable.of(map).toBytes();
          // As in Node's buffer pool, where a buffer may begin at any offset.
          const shifted = new Uint8Array(bytes.length + offset);
          shifted.set(bytes, offset);
          const table = DomainTable.fromBytes(shifted.subarray(offset));
          expect(table?.size).toBe(map.size);
          for (const [name, value] of map) expect(table?.get(name)).toBe(value);
          expect(table?.get('not.there.example')).toBe(0);
        },
      ),
    );
  });

  it('is not read from any other bytes', () => {
    const bytes = DomainTable.of(new Map([['example.com', 1]])).toBytes();
    expect(DomainTable.fromBytes(bytes.subarray(0, -1))).toBeNull();
    expect(DomainTable.fromBytes(bytes.subarray(1))).toBeNull();
    expect(DomainTable.fromBytes(new Uint8Array())).toBeNull();
  });

  it('answers for the nearest parent, but never for a single label', () => {
    const table = DomainTable.of(
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
