'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { pasteList } from '@/components/lists/upload/lists-api';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { formatCount } from '@/lib/platform/numbers';

/**
 * Offers to make a list when several addresses were entered where one is expected. Nothing is verified before people have seen its price.
 */
export function SeveralAddresses({ text, addresses }: { text: string; addresses: number }) {
  const router = useRouter();
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const make = async () => {
    setIsBusy(true);
    const answer = await pasteList(text);
    if (answer.ok) return router.push(`/lists/${answer.value.id}`);
    setProblem(answer.message);
    setIsBusy(false);
  };
  const words = formatCount(addresses);
  return (
    <Alert
      tone={problem === null ? 'info' : 'danger'}
      title={`${words} addresses`}
      actions={
        <Button size="sm" loading={isBusy} onClick={() => void make()}>
          Verify them as a list
        </Button>
      }
    >
      {problem ?? 'One address is verified here at a time. As a list you see what they can cost before anything is verified.'}
    </Alert>
  );
}
