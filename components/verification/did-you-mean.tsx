import { Alert } from '@/components/ui/alert';

/** Offers the address that was probably meant. */
export function DidYouMean({ suggestion, onTry }: { suggestion: string | null; onTry: (address: string) => void }) {
  if (suggestion === null) return null;
  return (
    <Alert tone="info">
      Did you mean{' '}
      <button type="button" className="font-mono break-all underline underline-offset-2" onClick={() => onTry(suggestion)}>
        {suggestion}
      </button>
      ?
    </Alert>
  );
}
