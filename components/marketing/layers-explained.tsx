import { LAYER_COPY } from '@/components/verification/layer-copy';
import { LAYER_NAMES } from '@/lib/verdict/evidence';

export function LayersExplained() {
  return (
    <ol className="grid gap-x-10 gap-y-8 sm:grid-cols-2">
      {LAYER_NAMES.map((name, index) => (
        <li key={name} className="flex gap-4">
          <span
            aria-hidden="true"
            className="flex size-7 shrink-0 items-center justify-center rounded-full bg-sunken text-table font-semibold tabular-nums"
          >
            {index + 1}
          </span>
          <div>
            <h3 className="text-lead font-semibold">{LAYER_COPY[name].title}</h3>
            <p className="text-body font-medium">{LAYER_COPY[name].question}</p>
            <p className="mt-1 text-body text-muted">{LAYER_COPY[name].detail}</p>
          </div>
        </li>
      ))}
    </ol>
  );
}
