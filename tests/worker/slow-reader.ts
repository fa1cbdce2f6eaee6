// A process for tests to kill: starts to read a list's file, then blocks forever in the middle of its rows and says so.
import { ingestList } from '@/worker/lists/ingest/ingest-list';

let looks = 0;
await ingestList(process.argv[2] ?? '', {
  now: () => {
    if (++looks > 5) {
      process.stdout.write('writing\n');
      // Nothing else happens in this process from here on, but its connections stay open.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    }
    return looks;
  },
});
