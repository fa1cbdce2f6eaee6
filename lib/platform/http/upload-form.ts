// Reads a form with a file as it streams in: first the fields, then the file, with only one buffer in memory at a time. Refuses other
// content types with 415, too much data with 413, and with 400 forms that break off, have no file, or have a field after the file. The
// file is stored as it arrives, so everything about it has to come first.
import 'server-only';
import busboy from 'busboy';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { LIST_FILE_MAX_BYTES, UPLOAD_FIELD_MAX_BYTES, UPLOAD_FORM_EXTRA_BYTES } from '../limits';
import { AppError } from '../errors';

export interface UploadForm {
  /** Values by field name. */
  fields: Record<string, string>;
  fileName: string;
  /** The announced size of the whole form; 0 if unknown. */
  announcedBytes: number;
  /** To be read once, to the end. Throws if the form turns out to be wrong after the file. */
  file: AsyncIterable<Uint8Array>;
  /** Discards the rest. */
  close: () => void;
}

const FIELDS_MAX = 20;
const FILE_FIELD = 'file';

export async function readUploadForm(request: Request): Promise<UploadForm> {
  const announcedBytes = requireForm(request.headers);
  const form = new FormReader(request);
  const { fileName, file } = await form.findFile();
  return { fields: form.fields, fileName, announcedBytes, file: form.wholeOf(file), close: () => form.close() };
}

function requireForm(headers: Headers): number {
  const [type = ''] = (headers.get('content-type') ?? '').split(';');
  if (type.trim().toLowerCase() !== 'multipart/form-data')
    throw new AppError('unsupported_media_type', { detail: 'Send the file as multipart/form-data, in a field named file.' });
  if ((headers.get('content-encoding') ?? 'identity') !== 'identity')
    throw new AppError('unsupported_media_type', {
      detail: 'Compress the file, not the request: send it without Content-Encoding.',
    });
  const announced = Number(headers.get('content-length') ?? 0);
  if (announced > LIST_FILE_MAX_BYTES + UPLOAD_FORM_EXTRA_BYTES) throw tooLarge();
  return announced;
}

const tooLarge = () =>
  new AppError('file_too_large', { detail: `A file may have at most ${LIST_FILE_MAX_BYTES / 1024 / 1024} MB.` });
const brokenOff = (cause: unknown) => new AppError('invalid_request', { detail: 'The form is malformed or incomplete.', cause });
const wrongField = (name: string, problem: string) =>
  new AppError('invalid_request', { fields: { [name.slice(0, 100)]: problem } });

function openParser(headers: Headers): busboy.Busboy {
  const limits = { files: 1, fields: FIELDS_MAX, fieldNameSize: 100, fieldSize: UPLOAD_FIELD_MAX_BYTES };
  try {
    return busboy({ headers: { 'content-type': headers.get('content-type') ?? '' }, limits, defParamCharset: 'utf8' });
  } catch (error) {
    throw brokenOff(error);
  }
}

interface FoundFile {
  fileName: string;
  file: Readable;
}

class FormReader {
  readonly fields: Record<string, string> = {};
  private readonly source: Readable;
  private readonly parser: busboy.Busboy;
  /** The first problem found in the form. */
  private problem: AppError | null = null;
  private isFileSeen = false;

  constructor(request: Request) {
    this.parser = openParser(request.headers);
    this.source = Readable.from(request.body ?? [], { objectMode: false });
    this.source.on('error', (error) => this.parser.destroy(error));
  }

  findFile(): Promise<FoundFile> {
    return new Promise((resolve, reject) => {
      const refuse = (problem: AppError): void => {
        this.problem ??= problem;
        reject(this.problem);
        this.close();
      };
      this.parser
        .on('field', (name, value, info) => {
          const problem = this.fieldProblem(name, info);
          if (problem !== null) refuse(problem);
          else this.fields[name] = value;
        })
        .on('file', (name, file, { filename }) => {
          // Without an error listener, a form that breaks off would crash the process.
          file.on('error', () => undefined);
          this.isFileSeen = true;
          if (name === FILE_FIELD) return resolve({ fileName: filename ?? FILE_FIELD, file });
          file.resume();
          return refuse(wrongField(name, `is not a file that this call accepts; name it ${FILE_FIELD}`));
        })
        .on('fieldsLimit', () =>
          refuse(new AppError('invalid_request', { detail: `A form may have at most ${FIELDS_MAX} fields.` })),
        )
        .on('filesLimit', () => refuse(wrongField(FILE_FIELD, 'must be given once')))
        .on('error', (error) => refuse(brokenOff(error)))
        .on('close', () => this.isFileSeen || refuse(wrongField(FILE_FIELD, 'is missing')));
      this.source.pipe(this.parser);
    });
  }

  private fieldProblem(name: string, { nameTruncated, valueTruncated }: busboy.FieldInfo): AppError | null {
    if (this.isFileSeen) return wrongField(name, 'must come before the file');
    if (nameTruncated || valueTruncated) return wrongField(name, `must have at most ${UPLOAD_FIELD_MAX_BYTES} bytes`);
    return Object.hasOwn(this.fields, name) ? wrongField(name, 'must be given once') : null;
  }

  async *wholeOf(file: Readable): AsyncGenerator<Uint8Array> {
    let size = 0;
    try {
      for await (const piece of file) {
        if (!(piece instanceof Uint8Array)) throw new TypeError('a file of bytes was expected');
        size += piece.byteLength;
        if (size > LIST_FILE_MAX_BYTES) throw tooLarge();
        yield piece;
      }
      // What follows the file is checked as well.
      if (!this.parser.closed) await once(this.parser, 'close');
    } catch (error) {
      throw error instanceof AppError ? error : (this.problem ?? brokenOff(error));
    } finally {
      this.close();
    }
    if (this.problem !== null) throw this.problem;
  }

  close(): void {
    this.source.unpipe(this.parser);
    this.source.destroy();
    this.parser.destroy();
  }
}
