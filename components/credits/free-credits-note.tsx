import Link from 'next/link';
import { Alert } from '@/components/ui/alert';
import { freeCreditsSentence, type FreeCreditsState } from '@/lib/credits/rules/free';

/** Why a workspace of the Free plan has no free credits, and what its owner can do. Shows nothing if it has them. */
export function FreeCreditsNote({ state }: { state: FreeCreditsState | null }) {
  const sentence = state && freeCreditsSentence(state);
  if (!sentence) return null;
  return (
    <Alert
      tone="info"
      title={sentence.title}
      actions={
        state !== 'pending' && (
          <span className="flex flex-wrap gap-x-4 gap-y-1 [&_a]:underline [&_a]:underline-offset-2">
            <Link href="/billing#packs">Buy credits</Link>
            {(state === 'temporary_mailbox' || state === 'alias_service') && <Link href="/settings">Change your address</Link>}
          </span>
        )
      }
    >
      {sentence.text}
    </Alert>
  );
}
