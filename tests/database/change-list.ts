// Changes a list as a worker would: the row, then the notice to those who watch it.
import { db } from '@/lib/data/_client';
import { announceLists } from '@/lib/data/list-run';
import type { ListState } from '@/lib/domain/list';

export async function changeSeededList(id: string, data: { state?: ListState; name?: string }): Promise<void> {
  await db().list.update({ where: { id }, data });
  await announceLists([id]);
}
