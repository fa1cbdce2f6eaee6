// A process that is killed passes nothing on to its children; they notice by themselves that their parent changed.

const CHECK_EVERY_MS = 500;

export function watchParent(onGone: () => void): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) onGone();
  }, CHECK_EVERY_MS).unref();
}
