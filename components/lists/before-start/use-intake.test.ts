import { describe, expect, it } from 'vitest';
import { fakeList } from '../fake-list';
import { parseIntake } from './use-intake';

describe('an event of the stream', () => {
  it('reports the status, the bytes and the rows', () => {
    const list = fakeList({ status: 'parsing' });
    const { sizeBytes, receivedBytes, parsedBytes, rowsRead } = list.file;
    expect(parseIntake(JSON.stringify(list))).toEqual({
      status: 'parsing',
      file: { sizeBytes, receivedBytes, parsedBytes, rowsRead },
    });
  });

  it.each(['', '{', 'null', '[]', '{"status":"parsing"}', '{"status":"lost","file":{}}', '{"status":1,"file":{}}'])(
    '%s is none',
    (text) => expect(parseIntake(text)).toBeNull(),
  );
});
