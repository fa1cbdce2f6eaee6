// What the list routes of our own pages share: the creator of a list, the answer during intake, the id of the path (an invalid id
// reads as missing, like another workspace's list), and the refusals of a download.
import 'server-only';
import type { OwnCall } from '@/lib/accounts/web/session';
import { AppError } from '@/lib/platform/errors';
import { answerRequest, refusalPage, wantsPage } from '@/lib/platform/http/problem';
import { isListId } from '../requests';
import type { ListView } from '../rules/view';

export const madeBy = (userId: string) => ({ test: false, createdById: userId });

/** What the intake form needs; the list's page shows the rest. */
export const intakeOf = ({ id, status }: ListView) => ({ id, status });

export function listIdOf({ param }: OwnCall): string {
  const id = param('id');
  if (!isListId(id)) throw new AppError('not_found');
  return id;
}

/** For downloads in a browser: a browser gets a refusal as a page, a program gets it as a problem document. */
export function answerPerson(request: Request, work: () => Promise<Response>): Promise<Response> {
  return answerRequest(async () => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof AppError) || !wantsPage(request.headers)) throw error;
      return refusalPage(error, error.code === 'unauthenticated' ? '/signin?callbackUrl=%2Flists' : '/lists');
    }
  });
}
