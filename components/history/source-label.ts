import type { HistorySource } from '@/lib/dashboard/rules';
import type { VerificationSource } from '@/lib/verdict/verification';

export const SOURCE_LABEL: Record<VerificationSource, string> = { app: 'App', api: 'API', landing: 'Free verifier' };

export const HISTORY_SOURCE_LABEL: Record<HistorySource, string> = { app: 'App', api: 'API', list: 'Lists' };
