import { describe, expect, it } from 'vitest';
import { LIST_FILE_MAX_BYTES } from '@/lib/platform/limits';
import { bytesWords } from '@/lib/lists/rules/storage';
import { fileProblem } from './file-problem';

describe('a chosen file', () => {
  it.each(['list.csv', 'LIST.TSV', 'list.txt', 'list.xlsx', 'list.csv.gz', 'list', 'constructor'])('%s may be sent', (name) =>
    expect(fileProblem({ name, size: 1 })).toBeNull(),
  );

  it.each(['list.xls', 'list.XLS', 'list.zip', 'list.pdf'])('%s can not be read', (name) =>
    expect(fileProblem({ name, size: 1 })).toMatch(/\.$/),
  );

  it('may be as large as the limit, and not one byte more', () => {
    expect(fileProblem({ name: 'a.csv', size: LIST_FILE_MAX_BYTES })).toBeNull();
    expect(fileProblem({ name: 'a.csv', size: LIST_FILE_MAX_BYTES + 1 })).toContain('250 MB is the most');
    expect(fileProblem({ name: 'a.csv', size: 0 })).toContain('is empty');
  });
});

it.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [1_023, '1023 bytes'],
  [1_024, '1 KB'],
  [1_536, '1.5 KB'],
  [4 * 1_024 * 1_024, '4 MB'],
  [250 * 1_024 * 1_024, '250 MB'],
  [2 * 1_024 ** 3, '2 GB'],
])('%i bytes are %s', (bytes, words) => expect(bytesWords(bytes)).toBe(words));
