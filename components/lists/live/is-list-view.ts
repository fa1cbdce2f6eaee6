import { isListStatus } from '@/lib/lists/rules/list';
import type { ListView } from '@/lib/lists/rules/view';

/**
 * Whether a value from our own server is a list. Checks only what the page relies on: a full schema would add more bytes than the page has.
 */
export function isListView(value: unknown): value is ListView {
  if (typeof value !== 'object' || value === null) return false;
  if (!('id' in value && 'status' in value && 'version' in value && 'progress' in value)) return false;
  const { progress } = value;
  return (
    typeof value.id === 'string' &&
    typeof value.version === 'number' &&
    typeof value.status === 'string' &&
    isListStatus(value.status) &&
    typeof progress === 'object' &&
    progress !== null &&
    'counts' in progress
  );
}

/** The list in a JSON text, or null if it is not one. */
export function parseList(text: string): ListView | null {
  try {
    const value: unknown = JSON.parse(text);
    return isListView(value) ? value : null;
  } catch {
    return null;
  }
}
