import { answer, apiCalls, openApiRoute } from '@/lib/accounts/web/api-route';
import { listReasons } from '@/lib/credits/api';
import { creditsFor } from '@/lib/credits/rules/ledger';
import { REASONS, statusOf } from '@/lib/verdict/verdict';

/** Every reason with its status and whether it costs a credit. Anybody may read it. */
const data = REASONS.map((reason) => ({ reason, status: statusOf(reason), charged: creditsFor(reason) > 0 }));

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiCalls(openApiRoute(listReasons, () => answer(200, { data })));
