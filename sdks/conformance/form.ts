// Reads a multipart form as a strict server would, and checks it against the case: every field before the file, nothing twice, and the file
// byte for byte.
import type { ExpectedRequest } from './case';

type ExpectedForm = NonNullable<ExpectedRequest['form']>;

interface Part {
  name: string;
  fileName: string | null;
  body: Buffer;
}

export function checkForm(expected: ExpectedForm, type: string, body: Buffer): string[] {
  const boundary = /^multipart\/form-data;\s*boundary="?([^";]+)"?$/.exec(type)?.[1];
  if (boundary === undefined) return [`content-type is "${type}"`];
  const parts = readParts(body, boundary);
  if (typeof parts === 'string') return [parts];
  const file = parts.pop();
  if (file?.name !== 'file' || file.fileName === null) return ['the last part is not the file'];
  const fields = Object.fromEntries(parts.map((part) => [part.name, part.body.toString()]));
  const faults =
    JSON.stringify(sorted(fields)) === JSON.stringify(sorted(expected.fields)) ? [] : [`fields are ${JSON.stringify(fields)}`];
  if (file.fileName !== expected.file.name) faults.push(`the file is called "${file.fileName}"`);
  if (!file.body.equals(bytesOf(expected.file)))
    faults.push(`the file's ${file.body.length} bytes are not those that were given`);
  return faults;
}

const sorted = (fields: Record<string, string>): [string, string][] =>
  Object.entries(fields).toSorted(([a], [b]) => (a < b ? -1 : 1));

const LINE = 'someone@example.com\n';

/** A file of the suite: the given text, or the given number of bytes filled with addresses. */
export function bytesOf({ text, size }: { text?: string | undefined; size?: number | undefined }): Buffer {
  return size === undefined ? Buffer.from(text ?? '') : Buffer.alloc(size, LINE);
}

function readParts(body: Buffer, boundary: string): Part[] | string {
  const parts: Part[] = [];
  const mark = Buffer.from(`--${boundary}`);
  if (!body.subarray(0, mark.length).equals(mark)) return 'the form does not begin with its boundary';
  let at = mark.length;
  while (body.subarray(at, at + 2).toString() === '\r\n') {
    const headEnd = body.indexOf('\r\n\r\n', at);
    const end = body.indexOf(Buffer.concat([Buffer.from('\r\n'), mark]), headEnd);
    if (headEnd === -1 || end === -1) return 'the form ends before it is complete';
    const head = body.subarray(at + 2, headEnd).toString();
    const name = /name="([^"]*)"/.exec(head)?.[1] ?? '';
    parts.push({ name, fileName: /filename="([^"]*)"/.exec(head)?.[1] ?? null, body: body.subarray(headEnd + 4, end) });
    at = end + 2 + mark.length;
  }
  return body.subarray(at, at + 2).toString() === '--' ? parts : 'the form has no closing boundary';
}
