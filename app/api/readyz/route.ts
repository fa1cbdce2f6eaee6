import { checkReadiness } from '@/lib/platform/readiness';

export const dynamic = 'force-dynamic';

/** Answers 200 when the database, the queue and a worker are available, otherwise 503 with what is missing. */
export async function GET(): Promise<Response> {
  const { ready, checks } = await checkReadiness();
  return Response.json(
    { status: ready ? 'ready' : 'not_ready', checks },
    { status: ready ? 200 : 503, headers: { 'Cache-Control': 'no-store' } },
  );
}
