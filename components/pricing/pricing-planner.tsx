'use client';

import { useEffect, useState } from 'react';
import type { Interval } from '@/lib/billing/rules/offers';
import { purchaseChoices } from '@/lib/billing/rules/billing';
import { ChoiceCard } from './choice-card';
import { FreeAnswers } from './free-answers';
import { IntervalSwitch } from './interval-switch';
import { PlanCards } from './plan-cards';
import { VolumeSlider } from './volume-slider';

/** Browsers allow few changes of the address in a row, and a slider makes many. */
const SETTLED_MS = 300;

const hrefOf = (volume: number, interval: Interval): string => `/pricing?addresses=${volume}&interval=${interval}`;

/** Slider, switch and plans. What is chosen stands in the address, so that it can be sent to somebody. */
export function PricingPlanner({ initialVolume, initialInterval }: { initialVolume: number; initialInterval: Interval }) {
  const [volume, setVolume] = useState(initialVolume);
  const [interval, setInterval] = useState(initialInterval);
  useEffect(() => {
    if (volume === initialVolume && interval === initialInterval) return undefined;
    const timer = setTimeout(() => window.history.replaceState(null, '', hrefOf(volume, interval)), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [volume, interval, initialVolume, initialInterval]);
  const choices = purchaseChoices(volume, interval);
  return (
    <>
      <div className="flex justify-center">
        <IntervalSwitch current={interval} hrefOf={(wanted) => hrefOf(volume, wanted)} onChoose={setInterval} />
      </div>
      <div className="mt-8 grid overflow-hidden rounded-dialog border border-hairline lg:grid-cols-2">
        <div className="flex flex-col justify-between gap-8 p-5 sm:p-8">
          <VolumeSlider volume={volume} onChange={setVolume} />
          <FreeAnswers />
        </div>
        <div className="border-t border-hairline bg-raised p-5 sm:p-8 lg:border-t-0 lg:border-l">
          <ChoiceCard volume={volume} interval={interval} choices={choices} />
        </div>
      </div>
      <div className="mt-8">
        <PlanCards interval={interval} highlighted={choices.cheapest.plan} />
      </div>
    </>
  );
}
