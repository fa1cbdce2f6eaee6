// Which file belongs to an upload that was started in this browser, so that it can continue after the page was closed. Kept only in the
// browser: name, size and modification time, nothing of the content.

export interface FilePrint {
  name: string;
  size: number;
  lastModified: number;
}

type Entry = [listId: string, print: FilePrint];

const KEY = 'list-uploads';
const KEPT = 20;

export const printOf = ({ name, size, lastModified }: FilePrint): FilePrint => ({ name, size, lastModified });
export const isSameFile = (a: FilePrint, b: FilePrint): boolean =>
  a.name === b.name && a.size === b.size && a.lastModified === b.lastModified;

export function rememberFile(listId: string, file: FilePrint): void {
  const others = read().filter(([id]) => id !== listId);
  const newest: Entry = [listId, printOf(file)];
  write([newest, ...others].slice(0, KEPT));
}

export const forgetFile = (listId: string): void => write(read().filter(([id]) => id !== listId));

export const recallFile = (listId: string): FilePrint | null => read().find(([id]) => id === listId)?.[1] ?? null;

/** The upload that was started with this file. */
export const findUploadOf = (file: FilePrint): string | null => read().find(([, print]) => isSameFile(print, file))?.[0] ?? null;

/** Storage may be off or full. Then the upload starts over after a reload. */
function read(): Entry[] {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(value) ? value.filter(isEntry) : [];
  } catch {
    return [];
  }
}

function write(entries: readonly Entry[]): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(entries));
  } catch {
    // Nothing depends on this write.
  }
}

const isEntry = (value: unknown): value is Entry =>
  Array.isArray(value) && value.length === 2 && typeof value[0] === 'string' && isPrint(value[1]);

const isPrint = (value: unknown): value is FilePrint =>
  typeof value === 'object' &&
  value !== null &&
  'name' in value &&
  typeof value.name === 'string' &&
  'size' in value &&
  typeof value.size === 'number' &&
  'lastModified' in value &&
  typeof value.lastModified === 'number';
