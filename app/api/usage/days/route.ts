// Usage by day as a CSV file, only for a signed-in person of the workspace.
import { apiMethods } from '@/lib/accounts/web/api-route';
import { ownRoute } from '@/lib/accounts/web/session';
import { AppError } from '@/lib/platform/errors';
import { parseQuery } from '@/lib/platform/http/body';
import { csvResponse } from '@/lib/platform/http/files';
import { usageQuerySchema } from '@/lib/credits/api';
import { dayRange } from '@/lib/credits/rules/usage';
import { exportUsage } from '@/lib/credits/usage';

const downloadUsage = ownRoute(async ({ request, session }) => {
  const range = dayRange(parseQuery(usageQuerySchema.pick({ from: true, to: true }), request.url), new Date());
  if (range === null) throw new AppError('invalid_request', { fields: { from: 'is too early, or after the end' } });
  return csvResponse(`usage-${range.from}-to-${range.to}.csv`, exportUsage(session.scope, range));
});

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({ GET: downloadUsage, HEAD: null });
