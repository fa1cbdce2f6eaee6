// For the operator's pages. Someone who is signed in but does not run this installation gets the ordinary 404, as for a page that
// does not exist; a visitor is sent to sign in first, as from every page of the app.
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
