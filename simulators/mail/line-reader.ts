// Splits what a client sends into lines, at LF with or without CR before it. The buffer is bounded: a line longer than the maximum is
// reported as null, and nothing after it is read.

/** Reports the complete lines of each chunk together, so that pipelined commands are answered in one write. */
export function createLineReader(
  maxOctets: number,
  onLines: (lines: readonly (string | null)[]) => void,
): (chunk: Buffer) => void {
  let pending = Buffer.alloc(0);
  let isOver = false;
  return (chunk) => {
    if (isOver) return;
    pending = Buffer.concat([pending, chunk]);
    const lines: (string | null)[] = [];
    for (let end = pending.indexOf('\n'); end >= 0 && end <= maxOctets; end = pending.indexOf('\n')) {
      lines.push(pending.subarray(0, end).toString('utf8').replace(/\r$/, ''));
      pending = pending.subarray(end + 1);
    }
    if (pending.length > maxOctets) {
      isOver = true;
      pending = Buffer.alloc(0);
      lines.push(null);
    }
    if (lines.length > 0) onLines(lines);
  };
}
