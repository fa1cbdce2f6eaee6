import { expect, it } from 'vitest';
import { partCount, uploadParts, type Part, type PartAnswer, type UploadPorts } from './upload-parts';

const FILE = new Blob(['0123456789']);
const STORED: PartAnswer = { kind: 'stored' };
const TROUBLE: PartAnswer = { kind: 'trouble' };

/** The server: gives each part its scripted answers, then stores it. */
function server(script: Record<number, PartAnswer[]> = {}) {
  const parts = new Map<number, string>();
  const pauses: number[] = [];
  const tries: number[] = [];
  const ports: UploadPorts = {
    sendPart: async ({ no, bytes }: Part, onSent) => {
      tries.push(no);
      onSent(1);
      const answer = script[no]?.shift() ?? STORED;
      if (answer.kind === 'stored') parts.set(no, await bytes.text());
      return answer;
    },
    wait: async (ms) => void pauses.push(ms),
  };
  const whole = () =>
    [...parts]
      .sort(([a], [b]) => a - b)
      .map(([, text]) => text)
      .join('');
  return { ports, pauses, tries, parts, whole };
}

function watcher() {
  const progress: number[] = [];
  const troubles: (number | null)[] = [];
  const stop = new AbortController();
  return {
    progress,
    troubles,
    stop,
    signal: stop.signal,
    onProgress: (n: number) => progress.push(n),
    onTrouble: (n: number | null) => troubles.push(n),
  };
}

it('sends every part once, and the parts are the file', async () => {
  const other = server();
  const watching = watcher();
  expect(await uploadParts({ file: FILE, partBytes: 4, stored: [] }, other.ports, watching)).toEqual(STORED);
  expect(other.whole()).toBe('0123456789');
  expect(other.tries.toSorted()).toEqual([1, 2, 3]);
  expect(watching.progress.at(-1)).toBe(10);
});

it('sends only the missing parts, and counts the stored ones', async () => {
  const other = server();
  const watching = watcher();
  await uploadParts({ file: FILE, partBytes: 4, stored: [1, 3] }, other.ports, watching);
  expect(other.tries).toEqual([2]);
  expect(watching.progress[0]).toBe(6);
  expect(watching.progress.at(-1)).toBe(10);
});

it('tries again after trouble, with growing pauses up to their limit', async () => {
  const other = server({ 1: Array.from({ length: 7 }, () => TROUBLE) });
  const watching = watcher();
  expect(await uploadParts({ file: FILE, partBytes: 10, stored: [] }, other.ports, watching)).toEqual(STORED);
  expect(other.pauses).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  expect(watching.troubles.at(-1)).toBeNull();
});

it('a refusal ends the whole upload', async () => {
  const refused: PartAnswer = { kind: 'refused', message: 'No.' };
  const other = server({ 2: [refused] });
  expect(await uploadParts({ file: FILE, partBytes: 1, stored: [] }, other.ports, watcher())).toEqual(refused);
  expect(other.tries.length).toBeLessThan(10);
});

it('a stop ends the whole upload, even between two tries', async () => {
  const watching = watcher();
  const other = server({ 1: [TROUBLE] });
  const wait = async () => watching.stop.abort();
  expect(await uploadParts({ file: FILE, partBytes: 10, stored: [] }, { ...other.ports, wait }, watching)).toEqual({
    kind: 'stopped',
  });
  expect(other.tries).toEqual([1]);
});

it.each([
  [0, 1],
  [3, 1],
  [4, 1],
  [5, 2],
])('%i bytes are %i parts of 4', (size, parts) => expect(partCount(size, 4)).toBe(parts));
