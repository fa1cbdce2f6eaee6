// The Markdown versions of the documentation's pages: `/docs/errors.md` is rewritten to this route.
import { findDocsPage } from '@/content/docs/docs-pages';
import { toMarkdown } from '@/content/docs/to-markdown';
import { env } from '@/lib/platform/env';
import { AppError } from '@/lib/platform/errors';
import { refuse } from '@/lib/platform/http/problem';

interface Context {
  params: Promise<{ path?: string[] }>;
}

export async function GET(_: Request, { params }: Context): Promise<Response> {
  const page = findDocsPage(['/docs', ...((await params).path ?? [])].join('/'));
  if (page === null) return refuse(new AppError('not_found'));
  return new Response(toMarkdown(page, env().APP_URL), {
    headers: { 'Content-Type': 'text/markdown; charset=utf-8', 'Cache-Control': 'public, max-age=3600' },
  });
}
