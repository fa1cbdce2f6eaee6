// Ends every session of a person, on all machines, this one too: sessions carry an epoch, and this raises it.
import { raiseSessionEpoch } from '@/lib/data/users';

export const signOutEverywhere = (userId: string): Promise<void> => raiseSessionEpoch(userId);
