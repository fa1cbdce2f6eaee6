// For the operator's pages. Whoever is signed in and does not run this installation gets the ordinary 404, as for a page that
// does not exist; a visitor is sent to sign in first, as from every page of the app.
import 'server-only';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { isOperator } from '@/lib/services/operator/is-operator';
import { requireSession, type Session } from './session';

export const requireOperator = cache(async (): Promise<Session> => {
  const session = await requireSession();
  if (!(await isOperator(session))) notFound();
  return session;
});
