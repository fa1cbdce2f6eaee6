// The layers and the evidence of a list's rows, kept together in parts: what was written in one batch. Promises that a part which is
// gone, or a row that is not in it, reads as empty.
import { gunzip } from 'node:zlib';
import { promisify } from 'node:util';
import type { Evidence } from '@/lib/domain/evidence';
import type { LayerReport } from '@/lib/domain/layer';
import { db } from './_client';
import { parseEvidence, parseLayers } from './verification-json';

const unpack = promisify(gunzip);

/** All rows of a part; ask `evidenceOfRow` for one of them. */
export async function readEvidencePart(listId: string, part: number): Promise<unknown> {
  const kept = await db().listEvidence.findUnique({ where: { listId_part: { listId, part } }, select: { body: true } });
  if (kept === null) return null;
  const parsed: unknown = JSON.parse((await unpack(kept.body)).toString());
  return parsed;
}

export function evidenceOfRow(body: unknown, n: number): { layers: LayerReport[]; evidence: Evidence[] } {
  const row = fieldsOf(fieldsOf(body)?.get(String(n)));
  return { layers: parseLayers(row?.get('layers')), evidence: parseEvidence(row?.get('evidence')) };
}

const fieldsOf = (value: unknown): Map<string, unknown> | null =>
  typeof value === 'object' && value !== null ? new Map<string, unknown>(Object.entries(value)) : null;
