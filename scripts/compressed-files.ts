// Serves Next's scripts and styles in Brotli. The build compresses them once, a seventh smaller than what Next compresses again for each
// request. Only files that the build made are sent, whatever the path says.
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { brotliCompress } from 'node:zlib';

const SUFFIX = '.br';
const URL_ROOT = '/_next/static/';
/** Below this size, the headers cost as much as compression saves. */
const MIN_BYTES = 1_024;
const TYPES: Readonly<Record<string, string>> = {
  '.js': 'application/javascript; charset=UTF-8',
  '.css': 'text/css; charset=UTF-8',
};
const typeOf = (path: string): string | undefined => TYPES[/\.\w+$/.exec(path)?.[0] ?? ''];

const compress = promisify(brotliCompress);

/** Writes a Brotli file beside each script and style of the folder. */
export async function compressFiles(root: string): Promise<void> {
  for (const path of await readdir(root, { recursive: true })) {
    if (typeOf(path) === undefined) continue;
    const bytes = await readFile(join(root, path));
    if (bytes.length >= MIN_BYTES) await writeFile(join(root, path + SUFFIX), await compress(bytes));
  }
}

export type SendCompressed = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;

/** Sends a file that the build compressed. Returns false for everything else, and for browsers that don't read Brotli. */
export async function createCompressedFiles(root: string): Promise<SendCompressed> {
  const paths = await readdir(root, { recursive: true }).catch(() => []);
  const files = new Map(
    paths.filter((path) => path.endsWith(SUFFIX)).map((path) => [URL_ROOT + path.slice(0, -SUFFIX.length), join(root, path)]),
  );
  return async (request, response) => {
    const path = (request.url ?? '').split('?', 1)[0] ?? '';
    const file = files.get(path);
    const type = typeOf(path);
    if (file === undefined || type === undefined || !isForBrotli(request)) return false;
    response.writeHead(200, {
      'Content-Type': type,
      'Content-Encoding': 'br',
      'Content-Length': (await stat(file)).size,
      // The file name changes with its content.
      'Cache-Control': 'public, max-age=31536000, immutable',
      Vary: 'Accept-Encoding',
    });
    if (request.method === 'HEAD') response.end();
    else await pipeline(createReadStream(file), response).catch(() => undefined);
    return true;
  };
}

const isForBrotli = ({ method, headers }: IncomingMessage): boolean =>
  (method === 'GET' || method === 'HEAD') && /(?:^|,)\s*br\s*(?:,|$)/.test(headers['accept-encoding']?.toString() ?? '');
