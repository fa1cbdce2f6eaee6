import { Check } from 'lucide-react';

const FREE = [
  'Unknown: we could not tell',
  'Malformed addresses, and domains that take no mail',
  'Domains that accept every name',
  'Duplicates, and the same address within 24 hours',
] as const;

/** Beside the slider: why its number is the most that can be charged. A phone has the table below for it. */
export function FreeAnswers() {
  return (
    <div className="hidden lg:block">
      <p className="text-body font-medium">These cost nothing, on every plan:</p>
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
