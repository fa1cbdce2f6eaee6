// For the operator's pages. A signed-in person who does not run this installation gets the ordinary 404, as for a page that does not
// exist. A visitor is first sent to sign in, as from every page of the app.
import 'server-only';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { isOperator } from '../operator';
import { requireSession, type Session } from '@/lib/accounts/web/session';

export const requireOperator = cache(async (): Promise<Session> => {
  const session = await requireSession();
  if (!(await isOperator(session))) notFound();
  return session;
});
