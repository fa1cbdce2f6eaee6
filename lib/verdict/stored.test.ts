import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_FLAGS_KNOWN } from './answer';
import { fakeEvidence, fakeLayers } from '@/tests/database/fake-answers';
import { parseEvidence, parseFlags, parseLayers, parseMetadata, parseTriplet } from './stored';
import { toJsonText } from '@/lib/platform/db/rows';

describe('the JSON of a verification', () => {
  it('reads back as it was written', () => {
    expect(parseLayers(JSON.parse(toJsonText(fakeLayers())))).toEqual(fakeLayers());
    expect(parseEvidence(JSON.parse(toJsonText([fakeEvidence()])))).toEqual([fakeEvidence()]);
    expect(parseFlags({ ...NO_FLAGS_KNOWN, role: true })).toEqual({ ...NO_FLAGS_KNOWN, role: true });
  });

  it('from before evidence said what was remembered reads as it was meant', () => {
    const old = [fakeEvidence(), fakeEvidence({ rule: 'remembered' })].map((item) => ({ ...item, remembered: undefined }));
    expect(parseEvidence(old).map(({ remembered }) => remembered)).toEqual([false, true]);
  });

  it.each([null, {}, [], 'x', 5, [{}], { role: 'yes' }])('of another shape reads as empty, never as an error: %j', (value) => {
    expect(parseLayers(value)).toEqual([]);
    expect(parseEvidence(value)).toEqual([]);
    expect(parseFlags(value)).toEqual(NO_FLAGS_KNOWN);
    expect(parseTriplet(value)).toBeNull();
  });

  it('is kept whatever it is, without what PostgreSQL refuses', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = toJsonText(value);
        const kept: unknown = JSON.parse(text);
        expect(text).not.toMatch(/(?<!\\)(?:\\\\)*\\u0000/);
        expect(JSON.stringify(kept)).not.toMatch(/(?<!\\)(?:\\\\)*\\ud[89a-f]/);
        if (!/\\u0000|\\ud[89a-f]/.test(JSON.stringify(value))) expect(kept).toEqual(JSON.parse(JSON.stringify(value)));
        if (!text.includes('"__proto__"')) expect(parseMetadata(kept)).toEqual(kept);
      }),
    );
  });

  it('drops a field named __proto__, which no honest client sends', () => {
    expect(parseMetadata(JSON.parse('{"a":1,"__proto__":{"b":2}}'))).toEqual({ a: 1 });
  });

  it('keeps text that only looks like an escape', () => {
    expect(JSON.parse(toJsonText('\\u0000 \\\\u0000 "\\ud800'))).toBe('\\u0000 \\\\u0000 "\\ud800');
    expect(JSON.parse(toJsonText('\\\0'))).toBe('\\\ufffd');
  });
});
