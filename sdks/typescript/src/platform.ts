export interface FoundFile {
  name: string;
  size: number;
  read: () => AsyncIterable<Uint8Array>;
}

/** What differs between runtimes; `#platform` in package.json chooses. */
export interface Platform {
  /** The part of the user agent that names the runtime. */
  agent: string;
  crypto: Crypto;
  /** Whether request bodies can be streams, which show progress and hold nothing in memory. */
  streamsBodies: boolean;
  openFile: (path: string) => Promise<FoundFile>;
}
