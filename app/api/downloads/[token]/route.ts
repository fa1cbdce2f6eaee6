// Streams the file behind a signed link. A form leads to the link, because a download manager can request a link again, but not a form.
import { apiMethods, type RouteHandler } from '@/lib/accounts/web/api-route';
import { readDownload } from '@/lib/lists/export/open-export';
import { answerPerson } from '@/lib/lists/web/own';
import { streamExport } from '@/lib/lists/web/stream-export';

const followDownload: RouteHandler = (request, context) =>
  answerPerson(request, async () => {
    const link = readDownload(String((await context.params).token));
    if (!link.ok) throw link.error;
    return streamExport(request, link.value);
  });

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({ GET: followDownload, HEAD: null });
