// The platform of browsers and edge runtimes, which have no file system and send stream bodies over HTTP/2 only.
import { ConfigurationError } from './errors.js';
import type { Platform } from './platform.js';

export const platform: Platform = {
  agent: '',
  crypto: globalThis.crypto,
  streamsBodies: false,
  openFile: () => {
    throw new ConfigurationError('A path can only be read where there is a file system; pass a File or a Blob.');
  },
};
