// The calls that our own pages make to bring in a list. Every failure becomes a sentence for people.
import { LIST_RETENTION_DAYS } from '@/lib/platform/limits';
import type { PolicyName } from '@/lib/verdict/verdict';

export type Answer<T> = { ok: true; value: T } | { ok: false; message: string; status: number };

export interface ListWish {
  name?: string;
  policy: PolicyName;
  retentionDays: number;
}

/** The settings until somebody changes them, with the workspace's policy. */
export const firstWish = (policy: PolicyName): ListWish => ({ policy, retentionDays: LIST_RETENTION_DAYS.default });

export interface UploadFacts {
  id: string;
  /** Whether more parts can be sent. */
  isOpen: boolean;
  partBytes: number;
  /** Numbers of the parts that are stored. */
  parts: number[];
}

const NO_CONNECTION = 'There is no connection to the server. Check your network and try again.';
const NO_SENSE = 'The server’s answer couldn’t be read. Try again in a moment.';

export const beginUpload = (file: File, wish: ListWish): Promise<Answer<UploadFacts>> =>
  ask('/api/lists', { method: 'POST', json: { ...wish, fileName: file.name, sizeBytes: file.size } }, toUploadFacts);

export const getUpload = (listId: string): Promise<Answer<UploadFacts>> =>
  ask(`/api/lists/${listId}/upload`, { method: 'GET' }, toUploadFacts);

export const endUpload = (listId: string): Promise<Answer<{ id: string }>> =>
  ask(`/api/lists/${listId}/upload`, { method: 'POST' }, toId);

/** What is left out of `wish` is as the workspace has it. */
export const pasteList = (text: string, wish: Partial<ListWish> = {}): Promise<Answer<{ id: string }>> =>
  ask('/api/lists/paste', { method: 'POST', json: { ...wish, text } }, toId);

export const partUrl = (listId: string, no: number): string => `/api/lists/${listId}/parts/${no}`;

interface Ask {
  method: 'GET' | 'POST';
  json?: object;
}

async function ask<T>(url: string, { method, json }: Ask, read: (value: object) => T | null): Promise<Answer<T>> {
  const body = json === undefined ? {} : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(json) };
  const response = await fetch(url, { method, ...body }).catch(() => null);
  if (response === null) return { ok: false, message: NO_CONNECTION, status: 0 };
  const value: unknown = await response.json().catch(() => null);
  if (!response.ok) return { ok: false, message: problemSentence(value), status: response.status };
  const result = typeof value === 'object' && value !== null ? read(value) : null;
  return result === null ? { ok: false, message: NO_SENSE, status: response.status } : { ok: true, value: result };
}

/** The `detail` sentence of a problem+json answer. */
export function problemSentence(value: unknown): string {
  const isProblem = typeof value === 'object' && value !== null && 'detail' in value;
  return isProblem && typeof value.detail === 'string' ? value.detail : NO_SENSE;
}

const toId = (value: object): { id: string } | null => ('id' in value && typeof value.id === 'string' ? { id: value.id } : null);

function toUploadFacts(value: object): UploadFacts | null {
  const id = toId(value);
  if (id === null || !('partBytes' in value) || typeof value.partBytes !== 'number' || !('parts' in value)) return null;
  const parts: unknown[] = Array.isArray(value.parts) ? value.parts : [];
  const isOpen = 'status' in value && value.status === 'uploading';
  return { ...id, isOpen, partBytes: value.partBytes, parts: parts.filter((no) => typeof no === 'number') };
}
