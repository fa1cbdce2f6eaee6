// The ledger as a CSV file, for a signed-in person, of their own workspace only.
import { apiMethods } from '@/lib/accounts/web/api-route';
import { parseQuery } from '@/lib/platform/http/body';
import { csvResponse } from '@/lib/platform/http/files';
import { ledgerQuerySchema } from '@/lib/credits/api';
import { dayOf } from '@/lib/credits/rules/usage';
import { exportLedger } from '@/lib/credits/statement';
import { forMember } from '@/lib/credits/web/api';

const downloadLedger = forMember((scope, url) => {
  const { kind } = parseQuery(ledgerQuerySchema.pick({ kind: true }), url);
  return csvResponse(`ledger-${dayOf(new Date())}.csv`, exportLedger(scope, kind));
});

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({ GET: downloadLedger, HEAD: null });
