// Which machine (or container) a process id belongs to, so that a worker can see at once that an earlier one here is gone.
// Process ids mean something only within one pid namespace: containers may share a host name and not a namespace.
import { readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

export function hostIdentity(): string {
  try {
    return `${hostname()} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    // No such thing on this system: the host name is all there is.
    return hostname();
  }
}

/** Whether a process with this id exists here. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it exists and is somebody else's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
