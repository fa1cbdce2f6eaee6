export const dynamic = 'force-dynamic';

/** This process is alive; says nothing of what it needs. */
export function GET(): Response {
  return Response.json({ status: 'ok' }, { headers: { 'Cache-Control': 'no-store' } });
}
