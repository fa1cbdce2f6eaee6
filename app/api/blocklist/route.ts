// The blocklist as a CSV file, only for a signed-in person of the workspace.
import { apiMethods } from '@/lib/accounts/web/api-route';
import { ownRoute } from '@/lib/accounts/web/session';
import { exportBlocklist } from '@/lib/blocklist/blocklist';
import { dayOf } from '@/lib/credits/rules/usage';
import { csvResponse } from '@/lib/platform/http/files';

const downloadBlocklist = ownRoute(({ session }) =>
  Promise.resolve(csvResponse(`blocklist-${dayOf(new Date())}.csv`, exportBlocklist(session.scope))),
);

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({ GET: downloadBlocklist, HEAD: null });
