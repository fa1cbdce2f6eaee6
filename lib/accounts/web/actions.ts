// Server actions by who may take them; the next steps are in lib/platform/http/actions.ts.
import 'server-only';
import { redirect } from 'next/navigation';
import { createActions } from '@/lib/platform/http/actions';
import { currentClientKey, findSignedInUser, requireSession } from './session';

/** Signed in; gets the session. Others are sent to sign in and back. */
export const member = createActions(requireSession);

/** Signed in, with or without accepted terms. */
export const signedIn = createActions(async () => (await findSignedInUser()) ?? redirect('/signin'));

/** Anybody; gets the key by which the client is counted. */
export const visitor = createActions(async () => ({ clientKey: await currentClientKey() }));
