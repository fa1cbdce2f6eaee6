// Ledger and usage as files, for the page of a signed-in person, of their own workspace only.
import 'server-only';
import { findSession } from '@/lib/auth/session';
import type { Scope } from '@/lib/data/scope';
import { dayOf, dayRange } from '@/lib/domain/usage';
import { AppError } from '@/lib/errors';
import { ledgerQuerySchema, usageQuerySchema } from '@/lib/schemas/ledger-request';
import { exportLedger } from '@/lib/services/ledger/export-ledger';
import { exportUsage } from '@/lib/services/usage/export-usage';
import { answerRequest } from './answer-request';
import type { RouteHandler } from './api-route';
import { csvResponse } from './csv-response';
import { parseQuery } from './parse-input';

const forMember =
  (handler: (scope: Scope, url: string) => Response): RouteHandler =>
  (request) =>
    answerRequest(async () => {
      const session = await findSession();
      if (session === null) throw new AppError('unauthenticated');
      return handler(session.scope, request.url);
    });

export const downloadLedger = forMember((scope, url) => {
  const { kind } = parseQuery(ledgerQuerySchema.pick({ kind: true }), url);
  return csvResponse(`ledger-${dayOf(new Date())}.csv`, exportLedger(scope, kind));
});

export const downloadUsage = forMember((scope, url) => {
  const range = dayRange(parseQuery(usageQuerySchema.pick({ from: true, to: true }), url), new Date());
  if (range === null) throw new AppError('invalid_request', { fields: { from: 'is too early, or after the end' } });
  return csvResponse(`usage-${range.from}-to-${range.to}.csv`, exportUsage(scope, range));
});
