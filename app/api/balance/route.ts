import { apiMethods } from '@/lib/accounts/web/api-route';
import { ownRoute } from '@/lib/accounts/web/session';
import { getBalance } from '@/lib/credits/balance';

/** The balance that is shown around every page. Next keeps that frame while people move between pages. */
const readBalance = ownRoute(async ({ session }) => {
  const { available, held } = await getBalance(session.scope);
  return Response.json({ available, held }, { headers: { 'Cache-Control': 'no-store' } });
});

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({ GET: readBalance, HEAD: null });
