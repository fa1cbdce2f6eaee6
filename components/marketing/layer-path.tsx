import { LAYER_COPY } from '@/components/verification/layer-copy';
import { LAYER_NAMES } from '@/lib/verdict/evidence';

/** The path of an address through the seven layers. In browsers that support it, scrolling draws the line (globals.css). */
export function LayerPath() {
  return (
    <ol className="layer-path relative grid gap-x-6 gap-y-8 md:grid-cols-4 xl:grid-cols-7">
      {LAYER_NAMES.map((name, index) => (
        <li
          key={name}
          className="relative flex gap-4 not-last:before:absolute not-last:before:bg-hairline max-md:not-last:before:top-9 max-md:not-last:before:-bottom-7 max-md:not-last:before:left-4 max-md:not-last:before:w-px md:block xl:not-last:before:top-4 xl:not-last:before:-right-5 xl:not-last:before:left-9 xl:not-last:before:h-px"
        >
          <span
            aria-hidden="true"
            className="flex size-8 shrink-0 items-center justify-center rounded-full border border-hairline bg-card text-table font-semibold tabular-nums"
          >
            {index + 1}
          </span>
          <div className="min-w-0 md:mt-4">
            <h3 className="text-body font-semibold">{LAYER_COPY[name].title}</h3>
            <p className="mt-1 text-body text-muted">{LAYER_COPY[name].question}</p>
          </div>
        </li>
      ))}
    </ol>
  );
}
