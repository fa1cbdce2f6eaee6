'use client';

import { useEffect, useState } from 'react';
import { type Choices, purchaseChoices } from '@/lib/billing/rules/billing';
import type { Interval } from '@/lib/billing/rules/offers';
import { ChoiceCard } from './choice-card';
import { IntervalSwitch, type Way, WAYS } from './interval-switch';
import { PackList } from './pack-list';
import { PlanCards } from './plan-cards';
import { VolumeSlider } from './volume-slider';
import { Check } from 'lucide-react';

/** Browsers allow only a few URL changes in quick succession, and a slider causes many. */
const SETTLED_MS = 300;

const hrefOf = (volume: number, way: Way): string => `/pricing?addresses=${volume}&interval=${way}`;

/** The slider, the switch and the offers. The choice is part of the URL, so that it can be shared. */
export function PricingPlanner({ initialVolume, initialWay }: { initialVolume: number; initialWay: Way }) {
  const [volume, setVolume] = useState(initialVolume);
  const [way, setWay] = useState(initialWay);
  useEffect(() => {
    if (volume === initialVolume && way === initialWay) return undefined;
    const timer = setTimeout(() => window.history.replaceState(null, '', hrefOf(volume, way)), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [volume, way, initialVolume, initialWay]);
  const interval: Interval = way === 'packs' ? 'month' : way;
  const choices = choicesOf(volume, way);
  return (
    <>
      <div className="flex justify-center">
        <IntervalSwitch ways={WAYS} current={way} hrefOf={(wanted) => hrefOf(volume, wanted)} onChoose={setWay} />
      </div>
      <div className="mt-8 grid overflow-hidden rounded-dialog border border-hairline lg:grid-cols-2">
        <div className="flex flex-col justify-between gap-8 p-5 sm:p-8">
          <VolumeSlider volume={volume} onChange={setVolume} />
          <FreeAnswers />
        </div>
        <div className="border-t border-hairline bg-raised p-5 sm:p-8 lg:border-t-0 lg:border-l">
          <ChoiceCard
            volume={volume}
            interval={interval}
            choices={choices}
            title={way === 'packs' ? 'Without a plan' : 'Recommended: the cheapest way'}
          />
        </div>
      </div>
      <div className="mt-8">
        {way === 'packs' ? (
          <PackList highlighted={choices.cheapest.packs} />
        ) : (
          <PlanCards interval={interval} recommended={choices.cheapest} />
        )}
      </div>
    </>
  );
}

/** The cheapest choice first. For packs, the choice without a paid plan comes first. */
export function choicesOf(volume: number, way: Way): Choices {
  const choices = purchaseChoices(volume, way === 'packs' ? 'month' : way);
  const all = [choices.cheapest, ...choices.others];
  const byPacks = all.find(({ plan }) => plan === 'free');
  if (way !== 'packs' || byPacks === undefined) return choices;
  return { cheapest: byPacks, others: all.filter((choice) => choice !== byPacks) };
}

const FREE = [
  'Unknown: we could not tell',
  'Malformed addresses, and domains that take no mail',
  'Catch-all domains',
  'Duplicates, and the same address within 24 hours',
] as const;

/** Shown beside the slider: why its number is the most that can be charged. On a phone, the table below says the same. */
function FreeAnswers() {
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
