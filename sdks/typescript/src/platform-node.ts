// The platform of Node, Deno and Bun, which have a file system.
import { webcrypto } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Platform } from './platform.js';

const CHUNK_BYTES = 64 * 1024;

export const platform: Platform = {
  agent: ` (node ${process.versions.node})`,
  crypto: webcrypto as unknown as Crypto,
  streamsBodies: true,
  openFile: async (path) => {
    const { size } = await stat(path);
    return { name: basename(path), size, read: () => createReadStream(path, { highWaterMark: CHUNK_BYTES }) };
  },
};
