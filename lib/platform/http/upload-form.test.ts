import { describe, expect, it } from 'vitest';
import { LIST_FILE_MAX_BYTES, UPLOAD_FIELD_MAX_BYTES, UPLOAD_FORM_EXTRA_BYTES } from '../limits';
import { AppError } from '../errors';
import { encodeForm, formRequest, type FormPart } from '@/tests/api/upload-form';
import { readUploadForm } from './upload-form';

const FILE: FormPart = { name: 'file', value: 'email\na@example.com\n', fileName: 'list.csv' };

async function read(request: Request): Promise<{ fields: Record<string, string>; fileName: string; text: string }> {
  const { fields, fileName, file } = await readUploadForm(request);
  const pieces: Uint8Array[] = [];
  for await (const piece of file) pieces.push(piece);
  return { fields, fileName, text: Buffer.concat(pieces).toString() };
}

const refusalOf = (request: Request): Promise<unknown> =>
  read(request).then(
    () => null,
    (error: unknown) => (error instanceof AppError ? { code: error.code, fields: error.fields } : error),
  );

it('reads the fields, and the file unchanged', async () => {
  const parts = [{ name: 'name', value: 'Mère & fils' }, { name: 'start', value: 'true' }, FILE];
  expect(await read(formRequest(encodeForm(parts)))).toEqual({
    fields: { name: 'Mère & fils', start: 'true' },
    fileName: 'list.csv',
    text: FILE.value,
  });
});

it('a file may contain anything, even boundaries of other forms', async () => {
  const value = Buffer.from([...Array(256).keys(), ...Buffer.from('\r\n--other--\r\n')]);
  const { file } = await readUploadForm(formRequest(encodeForm([{ ...FILE, value }])));
  const pieces: Uint8Array[] = [];
  for await (const piece of file) pieces.push(piece);
  expect(Buffer.concat(pieces).equals(value)).toBe(true);
});

it('never reads more of the request than is asked for', async () => {
  let pulled = 0;
  const chunk = Buffer.alloc(64 * 1024, 'a');
  const head = encodeForm([{ ...FILE, value: '' }], '').subarray(0, -2);
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(pulled++ === 0 ? head : chunk),
  });
  const form = await readUploadForm(formRequest(body));
  const pieces = form.file[Symbol.asyncIterator]();
  await pieces.next();
  // A few buffers are in flight; a file without end is not read further while nobody asks for it.
  for (let turn = 0; turn < 100; turn++) await new Promise((resolve) => setImmediate(resolve));
  expect(pulled).toBeLessThan(20);
  await pieces.return?.();
});

describe('400', () => {
  const missing = { code: 'invalid_request', fields: { file: 'is missing' } };

  it.each<[string, FormPart[], string, string]>([
    ['a field after the file', [FILE, { name: 'name', value: 'x' }], 'name', 'must come before the file'],
    ['a field twice', [{ name: 'name', value: 'x' }, { name: 'name', value: 'y' }, FILE], 'name', 'must be given once'],
    ['two files', [FILE, FILE], 'file', 'must be given once'],
    ['a file of another name', [{ ...FILE, name: 'upload' }], 'upload', 'is not a file that this call accepts; name it file'],
    [
      'a field that is too long',
      [{ name: 'name', value: 'x'.repeat(UPLOAD_FIELD_MAX_BYTES + 1) }, FILE],
      'name',
      `must have at most ${UPLOAD_FIELD_MAX_BYTES} bytes`,
    ],
  ])('%s', async (_, parts, field, problem) => {
    expect(await refusalOf(formRequest(encodeForm(parts)))).toEqual({ code: 'invalid_request', fields: { [field]: problem } });
  });

  it('no file, an empty form, no body', async () => {
    expect(await refusalOf(formRequest(encodeForm([{ name: 'name', value: 'x' }])))).toEqual(missing);
    expect(await refusalOf(formRequest(encodeForm([])))).toEqual(missing);
    expect(await refusalOf(formRequest(new Uint8Array()))).toMatchObject({ code: 'invalid_request' });
  });

  it.each([
    ['before its file', encodeForm([FILE]).subarray(0, 40)],
    ['inside its file', encodeForm([FILE]).subarray(0, -45)],
    ['behind its file', encodeForm([FILE], '')],
  ])('a form that ends %s', async (_, body) => {
    expect(await refusalOf(formRequest(new Uint8Array(body)))).toMatchObject({ code: 'invalid_request' });
  });

  it('a connection that breaks', async () => {
    const form = encodeForm([FILE]);
    let count = 0;
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => (count++ === 0 ? controller.enqueue(form.subarray(0, -45)) : controller.error(new Error('gone'))),
    });
    expect(await refusalOf(formRequest(body))).toMatchObject({ code: 'invalid_request' });
  });

  it('no boundary', async () => {
    const request = formRequest(encodeForm([FILE]), { 'content-type': 'multipart/form-data' });
    expect(await refusalOf(request)).toMatchObject({ code: 'invalid_request' });
  });
});

describe('415', () => {
  it.each([
    ['content-type', 'text/csv'],
    ['content-type', 'application/json'],
    ['content-encoding', 'gzip'],
  ])('%s: %s', async (header, value) => {
    expect(await refusalOf(formRequest(encodeForm([FILE]), { [header]: value }))).toMatchObject({
      code: 'unsupported_media_type',
    });
  });
});

describe('413', () => {
  const announced = LIST_FILE_MAX_BYTES + UPLOAD_FORM_EXTRA_BYTES;

  it('a form that announces too large a size is not even begun', async () => {
    const request = (length: number) => formRequest(encodeForm([FILE]), { 'content-length': String(length) });
    expect(await refusalOf(request(announced + 1))).toMatchObject({ code: 'file_too_large' });
    expect(await refusalOf(request(announced))).toBeNull();
  });

  it('a file that exceeds the limit without having announced it', async () => {
    const chunk = Buffer.alloc(1024 * 1024);
    const head = encodeForm([{ ...FILE, value: '' }], '').subarray(0, -2);
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(sent++ === 0 ? head : chunk),
    });
    expect(await refusalOf(formRequest(body))).toMatchObject({ code: 'file_too_large' });
    expect(sent).toBeLessThan(LIST_FILE_MAX_BYTES / chunk.length + 20);
  });
});
