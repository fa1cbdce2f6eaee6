import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { LAYER_NAMES, type LayerReport } from '@/lib/verdict/evidence';
import { LayerTimeline } from './layer-timeline';

const skipped = (summary: string): LayerReport[] =>
  LAYER_NAMES.map((name) => ({ name, status: 'skipped', summary, duration_ms: 0, details: {} }));
const shown = (layers: readonly LayerReport[]) => renderToStaticMarkup(<LayerTimeline layers={layers} isAsking={false} />);

it('says once why no layer was asked', () => {
  expect(shown(skipped('On the blocklist.')).split('On the blocklist.')).toHaveLength(2);
});

it('shows each layer as soon as one was asked, or as long as one may be', () => {
  const [syntax, ...others] = skipped('There is no address.');
  if (syntax === undefined) throw new Error('there are seven layers');
  const asked: LayerReport = { ...syntax, status: 'failed', summary: 'Two dots in a row.' };
  expect(shown([asked, ...others]).split('There is no address.')).toHaveLength(7);
  expect(shown(others)).toContain('data-layer="syntax"');
});
