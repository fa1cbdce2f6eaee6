import { Check } from 'lucide-react';

const FREE = [
  'No answer, no charge: “unknown” is free',
  'Malformed addresses and dead domains are free',
  'Domains that accept every name are free',
  'Duplicates, and the same address within 24 hours, are free',
] as const;

/** Beside the slider: why the number on it is the most, and not the usual. */
export function FreeAnswers() {
  return (
    <div>
      <p className="text-body font-medium">It is often less, because these cost nothing:</p>
      <ul className="mt-2 flex flex-col gap-1.5 text-body text-muted">
        {FREE.map((fact) => (
          <li key={fact} className="flex gap-2">
            <Check aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-accent" />
            {fact}
          </li>
        ))}
      </ul>
    </div>
  );
}
