import { describe, expect, it } from 'vitest';
import type { LayerName, LayerStatus } from '@/lib/verdict/evidence';
import { REASONS, REASONS_BY_STATUS, type Reason } from '@/lib/verdict/verdict';
import { decidingLayer } from './deciding-layer';
import { fakeLayers } from './fake-verification';

const layersWith = (changed: Partial<Record<LayerName, LayerStatus>>) =>
  fakeLayers(7).map((layer) => ({ ...layer, status: changed[layer.name] ?? layer.status }));

describe('the layer that decides', () => {
  it.each([
    ['mailbox_not_found', { smtp: 'failed' }, 'smtp'],
    ['catch_all', { catch_all: 'warning' }, 'catch_all'],
    ['domain_not_found', { domain: 'failed' }, 'domain'],
    ['typo_domain', { domain: 'warning' }, 'domain'],
    ['probe_blocked', { smtp: 'unknown', catch_all: 'unknown' }, 'smtp'],
    ['greylisted', { catch_all: 'unknown' }, 'catch_all'],
    ['dns_temporary_error', { domain: 'unknown', mx: 'skipped' }, 'domain'],
    ['blocklisted', {}, null],
  ] as const satisfies [Reason, Partial<Record<LayerName, LayerStatus>>, LayerName | null][])(
    'of %s',
    (reason, changed, layer) => {
      expect(decidingLayer(reason, layersWith(changed))).toBe(layer);
    },
  );

  it.each(REASONS)('is never one that has not spoken (%s)', (reason) => {
    expect(decidingLayer(reason, [])).toBeNull();
  });

  it.each(REASONS_BY_STATUS.undeliverable)('exists for every undeliverable verdict (%s)', (reason) => {
    expect(decidingLayer(reason, fakeLayers(7))).not.toBeNull();
  });

  it('is none before the verdict', () => {
    expect(decidingLayer(null, fakeLayers(7))).toBeNull();
  });
});
