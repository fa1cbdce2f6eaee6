import { VerificationSkeleton } from '@/components/verification/verification-skeleton';

export default function Loading() {
  return <VerificationSkeleton />;
}
