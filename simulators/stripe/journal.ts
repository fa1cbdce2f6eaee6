// The journal behind the stand-in's memory: one line for each request, which lists its changes. At startup it is read whole and rewritten
// in its shortest form. If a crash cut off the last line, that line is dropped.
import { appendFileSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { Kind, Tables } from './tables';

export interface Change {
  kind: Kind;
  id: string;
  /** Null: it was deleted. */
  record: Tables[Kind] | null;
}

export interface Journal {
  read(): Change[];
  rewrite(changes: Change[]): void;
  append(changes: Change[]): void;
}

/** For tests: nothing outlives the process. */
export const noJournal: Journal = { read: () => [], rewrite: () => undefined, append: () => undefined };

/** We wrote these lines ourselves. */
const line = z.custom<Change[]>((value) => Array.isArray(value));

export function openJournal(file: string): Journal {
  mkdirSync(dirname(file), { recursive: true });
  return {
    read: () => {
      try {
        return readFileSync(file, 'utf8').split('\n').flatMap(readLine);
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
        throw error;
      }
    },
    rewrite: (changes) => {
      writeFileSync(`${file}.new`, changes.map((change) => `${JSON.stringify([change])}\n`).join(''), { mode: 0o600 });
      renameSync(`${file}.new`, file);
    },
    append: (changes) => appendFileSync(file, `${JSON.stringify(changes)}\n`),
  };
}

function readLine(text: string): Change[] {
  try {
    return text === '' ? [] : line.parse(JSON.parse(text));
  } catch {
    return [];
  }
}
