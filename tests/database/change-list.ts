// Changes a list as a worker would: updates the row, then notifies its watchers.
import { db } from '@/lib/platform/db/client';
import { announceLists } from '@/lib/lists/store/run';
import type { ListStatus } from '@/lib/lists/rules/list';

export async function changeSeededList(id: string, data: { status?: ListStatus; name?: string }): Promise<void> {
  await db().list.update({ where: { id }, data });
  await announceLists([id]);
}
