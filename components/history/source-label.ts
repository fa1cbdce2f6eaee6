import type { VerificationSource } from '@/lib/domain/verification-view';

export const SOURCE_LABEL: Record<VerificationSource, string> = { app: 'App', api: 'API', landing: 'Free verifier' };
