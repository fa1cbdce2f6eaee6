export interface FoundFile {
  name: string;
  size: number;
  read: () => AsyncIterable<Uint8Array>;
}

/** What differs between runtimes; `#platform` of package.json chooses. */
export interface Platform {
  /** What the user agent says of the runtime. */
  agent: string;
  crypto: Crypto;
  /** Whether a request's body can be a stream, so that progress is seen and nothing is held in memory. */
  streamsBodies: boolean;
  openFile: (path: string) => Promise<FoundFile>;
}
