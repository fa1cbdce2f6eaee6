import { useEarlyChange } from '@/components/ui/use-early-change';
import { formatCount } from '@/lib/platform/numbers';
import { VOLUMES } from './volumes';

interface VolumeSliderProps {
  volume: number;
  onChange: (volume: number) => void;
}

const MARKS = [VOLUMES[0], 5_000, 50_000, VOLUMES[VOLUMES.length - 1] ?? 0];

/** The browser's own slider, whose values are the stops. Keyboard, touch and screen readers work as everywhere. */
export function VolumeSlider({ volume, onChange }: VolumeSliderProps) {
  const index = VOLUMES.findIndex((stop) => stop === volume);
  return (
    <div>
      <label htmlFor="volume" className="text-lead font-medium">
        How many addresses do you check in a month?
      </label>
      <p aria-hidden="true" className="mt-2 text-hero font-semibold tracking-tight tabular-nums">
        {formatCount(volume)}
      </p>
      <input
        ref={useEarlyChange<HTMLInputElement>()}
        id="volume"
        type="range"
        min={0}
        max={VOLUMES.length - 1}
        step={1}
        value={index}
        aria-valuetext={`${formatCount(volume)} addresses`}
        onChange={(event) => onChange(VOLUMES[Number(event.target.value)] ?? volume)}
        className="mt-4 h-6 w-full cursor-pointer accent-accent"
      />
      <div aria-hidden="true" className="relative mx-2 mt-1 h-5 text-table text-muted tabular-nums">
        {MARKS.map((mark) => (
          <span
            key={mark}
            className="absolute -translate-x-1/2 whitespace-nowrap first:translate-x-0 last:-translate-x-full"
            style={{ left: `${(VOLUMES.findIndex((stop) => stop === mark) / (VOLUMES.length - 1)) * 100}%` }}
          >
            {shortly(mark)}
          </span>
        ))}
      </div>
    </div>
  );
}

const shortly = (count: number): string =>
  count >= 1_000_000 ? `${count / 1_000_000}M` : count >= 1_000 ? `${count / 1_000}k` : String(count);
