// Call it after `useTestDatabase()` in a file whose code listens for notifications: the connection ends with the file.
import { afterAll } from 'vitest';
import { closeListener } from '@/lib/platform/queue/listen';

export function useListener(): void {
  afterAll(closeListener);
}
