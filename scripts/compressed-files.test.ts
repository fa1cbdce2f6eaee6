import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, get, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { compressFiles, createCompressedFiles } from './compressed-files';

const SCRIPT = 'console.log("the same words");\n'.repeat(200);
const root = mkdtempSync(join(tmpdir(), 'compressed-'));
let port = 0;
const server = createServer();

beforeAll(async () => {
  mkdirSync(join(root, 'chunks'));
  writeFileSync(join(root, 'chunks/big.js'), SCRIPT);
  writeFileSync(join(root, 'chunks/small.js'), 'short()');
  writeFileSync(join(root, 'chunks/picture.png'), SCRIPT);
  await compressFiles(root);
  const send = await createCompressedFiles(root);
  server.on('request', (request, response) => {
    void send(request, response).then((isSent) => isSent || response.writeHead(404).end());
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const bound = server.address();
  if (bound !== null && typeof bound === 'object') ({ port } = bound);
});
afterAll(() => {
  server.close();
  rmSync(root, { recursive: true });
});

/** Uses a bare client, which sends the path unchanged and decodes nothing. */
const fetchRaw = (path: string, encoding = 'gzip, deflate, br, zstd', method = 'GET') =>
  new Promise<{ answer: IncomingMessage; body: Buffer }>((done, failed) => {
    const sent = get(
      { host: '127.0.0.1', port, path, method, agent: false, headers: { 'accept-encoding': encoding } },
      (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('end', () => done({ answer, body: Buffer.concat(parts) }));
      },
    );
    sent.on('error', failed);
  });

it('sends a script in Brotli, to be cached forever', async () => {
  const { answer, body } = await fetchRaw('/_next/static/chunks/big.js?dpl=1');
  expect(answer.statusCode).toBe(200);
  expect(answer.headers).toMatchObject({
    'content-type': 'application/javascript; charset=UTF-8',
    'content-encoding': 'br',
    'content-length': String(body.length),
    'cache-control': 'public, max-age=31536000, immutable',
    vary: 'Accept-Encoding',
  });
  expect(brotliDecompressSync(body).toString()).toBe(SCRIPT);
});

it('sends a HEAD the headers alone', async () => {
  const { answer, body } = await fetchRaw('/_next/static/chunks/big.js', 'br', 'HEAD');
  expect([answer.statusCode, answer.headers['content-encoding'], body.length]).toEqual([200, 'br', 0]);
});

it.each([
  ['a browser that reads no Brotli', '/_next/static/chunks/big.js', 'gzip, deflate'],
  ['a name that only begins with it', '/_next/static/chunks/big.js', 'brx'],
  ['what is too small to gain', '/_next/static/chunks/small.js', 'br'],
  ['what is no script or style', '/_next/static/chunks/picture.png', 'br'],
  ['the compressed file by its own name', '/_next/static/chunks/big.js.br', 'br'],
  ['a way out of the folder', '/_next/static/chunks/../chunks/big.js', 'br'],
])('leaves the rest to Next: %s', async (_, path, encoding) =>
  expect((await fetchRaw(path, encoding)).answer.statusCode).toBe(404),
);
