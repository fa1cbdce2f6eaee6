// Reads a ZIP for tests by its central directory, as spreadsheets do, and checks each entry against the directory.
import { crc32, inflateRawSync } from 'node:zlib';

const END = 0x06054b50;
const END_BYTES = 22;

export function readZip(archive: Buffer): Map<string, string> {
  const end = archive.length - END_BYTES;
  if (archive.readUInt32LE(end) !== END) throw new Error('no end of a directory');
  const entries = new Map<string, string>();
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    const nameBytes = archive.readUInt16LE(at + 28);
    const name = archive.toString('utf8', at + 46, at + 46 + nameBytes);
    const [crc, packed, size] = [archive.readUInt32LE(at + 16), archive.readUInt32LE(at + 20), archive.readUInt32LE(at + 24)];
    const head = archive.readUInt32LE(at + 42);
    const data = head + 30 + archive.readUInt16LE(head + 26) + archive.readUInt16LE(head + 28);
    const bytes = inflateRawSync(archive.subarray(data, data + packed));
    if (bytes.length !== size || crc32(bytes) !== crc) throw new Error(`${name} is not what the directory says`);
    const descriptor = [4, 8, 12].map((offset) => archive.readUInt32LE(data + packed + offset));
    if (descriptor.join() !== [crc, packed, size].join()) throw new Error(`${name} is not what its descriptor says`);
    entries.set(name, bytes.toString('utf8'));
    at += 46 + nameBytes;
  }
  return entries;
}
