// The key by which limits count the client of the request being answered.
import 'server-only';
import { headers } from 'next/headers';
import { clientKeyOf } from '@/lib/api/client-address';

export const currentClientKey = async (): Promise<string> => clientKeyOf(await headers());
