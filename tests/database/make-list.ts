// Creates a list as ingest leaves it: read, counted, ready to start. Written straight into the tables, so that tests of running lists do
// not depend on how files are read.
import { inTransaction } from '@/lib/platform/db/transaction';
import type { Scope } from '@/lib/platform/scope';
import { parseAddress } from '@/lib/verdict/address';
import { ROW_KIND } from '@/lib/lists/rules/list';
import { newId } from '@/lib/platform/ids';

export interface ListToMake {
  emails: readonly string[];
  test?: boolean;
  knownRecent?: number;
  createdById?: string;
  apiKeyId?: string;
  status?: string;
}

export async function makeList({ workspaceId }: Scope, input: ListToMake): Promise<string> {
  const id = newId('list');
  const rows = input.emails.map((email, at) => {
    const parsed = parseAddress(email);
    return { n: at + 1, email: parsed.ok ? parsed.address.normalized : email, domain: parsed.ok ? parsed.address.domain : '' };
  });
  const syntaxInvalid = rows.filter(({ domain }) => domain === '').length;
  const knownRecent = input.knownRecent ?? 0;
  await inTransaction(async (tx) => {
    await tx.list.create({
      data: {
        id,
        workspaceId,
        source: 'upload',
        name: 'A list',
        status: input.status ?? 'ready',
        test: input.test ?? false,
        createdById: input.createdById ?? null,
        apiKeyId: input.apiKeyId ?? null,
        file: { create: { rows: rows.length, syntaxInvalid, knownRecent } },
        run: { create: { unique: rows.length, maxCredits: rows.length - syntaxInvalid - knownRecent } },
      },
      select: { id: true },
    });
    await tx.$executeRaw`
      INSERT INTO "ListRow" ("listId", "n", "email", "domain", "kind", "cells")
      SELECT ${id}, t."n", t."email", t."domain", ${ROW_KIND.unique}, '[]'
      FROM unnest(${rows.map(({ n }) => n)}::int[], ${rows.map(({ email }) => email)}::text[],
        ${rows.map(({ domain }) => domain)}::text[]) AS t ("n", "email", "domain")`;
  });
  return id;
}
