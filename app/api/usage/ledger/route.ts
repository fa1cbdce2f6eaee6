// The ledger as a CSV file, only for a signed-in person of the workspace.
import { apiMethods } from '@/lib/accounts/web/api-route';
import { ownRoute } from '@/lib/accounts/web/session';
import { parseQuery } from '@/lib/platform/http/body';
import { csvResponse } from '@/lib/platform/http/files';
import { ledgerQuerySchema } from '@/lib/credits/api';
import { dayOf } from '@/lib/credits/rules/usage';
import { exportLedger } from '@/lib/credits/statement';

const downloadLedger = ownRoute(async ({ request, session }) => {
  const { kind } = parseQuery(ledgerQuerySchema.pick({ kind: true }), request.url);
  return csvResponse(`ledger-${dayOf(new Date())}.csv`, exportLedger(session.scope, kind));
});

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({ GET: downloadLedger, HEAD: null });
