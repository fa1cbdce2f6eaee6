// A killed process cannot signal its children, so a child detects by itself that its parent changed.

const CHECK_EVERY_MS = 500;

export function watchParent(onGone: () => void): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) onGone();
  }, CHECK_EVERY_MS).unref();
}
