// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { WAYS } from './interval-switch';
import { choicesOf, PricingPlanner } from './pricing-planner';
import { VOLUMES } from './volumes';
import { choiceTitle } from './choice-words';

afterEach(cleanup);

describe.each(WAYS)('the planner, %s', (way) => {
  it.each([...VOLUMES])('recommends for %d addresses what it highlights', (volume) => {
    render(<PricingPlanner initialVolume={volume} initialWay={way} />);
    const { plan, packs } = choicesOf(volume, way).cheapest;
    const isByPacks = plan === 'free' && packs.length > 0;
    expect(screen.getByRole('heading', { level: 2 }).textContent).toBe(choiceTitle(choicesOf(volume, way).cheapest));
    const marked = screen.queryAllByText('Recommended').map((mark) => mark.parentElement?.textContent ?? '');
    if (way === 'packs') expect(marked).toHaveLength(new Set(packs).size);
    else if (isByPacks) expect(marked).toEqual([]);
    else expect(marked).toEqual([expect.stringMatching(new RegExp(`^${plan}`, 'i'))]);
  });
});
