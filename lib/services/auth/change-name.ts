// How a person wants to be called; null for not at all.
import { updateUserName } from '@/lib/data/users';

export const changeName = (userId: string, name: string | null): Promise<void> => updateUserName(userId, name);
