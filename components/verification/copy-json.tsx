import { CopyButton } from '@/components/ui/copy-button';
import type { VerificationView } from '@/lib/domain/verification-view';
import { verificationJson } from './verification-json';

export function CopyJson({ view }: { view: VerificationView }) {
  return <CopyButton value={verificationJson(view)}>Copy as JSON</CopyButton>;
}
