import { describe, expect, it } from 'vitest';
import { fakeList } from '../fake-list';
import { parseIntake } from './use-intake';

describe('an event of the stream', () => {
  it('tells the state, the bytes and the rows', () => {
    const list = fakeList({ state: 'parsing' });
    const { sizeBytes, receivedBytes, parsedBytes, rowsRead } = list.file;
    expect(parseIntake(JSON.stringify(list))).toEqual({
      state: 'parsing',
      file: { sizeBytes, receivedBytes, parsedBytes, rowsRead },
    });
  });

  it.each(['', '{', 'null', '[]', '{"state":"parsing"}', '{"state":"lost","file":{}}', '{"state":1,"file":{}}'])(
    '%s is none',
    (text) => expect(parseIntake(text)).toBeNull(),
  );
});
