import { CopyButton } from '@/components/ui/copy-button';
import { toVerificationAnswer, type VerificationView } from '@/lib/verdict/verification';

/** The same JSON as the API's answer. There is none before the verdict. */
export function CopyJson({ view }: { view: VerificationView }) {
  if (view.status === 'pending') return null;
  return <CopyButton value={JSON.stringify(toVerificationAnswer(view, view.status), null, 2)}>Copy as JSON</CopyButton>;
}
