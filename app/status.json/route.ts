// The status page for programs. It needs no credentials and is the same for everybody.
import type { ComponentView } from '@/lib/status/status';
import { getStatus } from '@/lib/status/status';
import type { DayView, ProviderView } from '@/lib/status/rules';

/** Any origin may ask, and a cache in front of this site may answer. */
const HEADERS = { 'Access-Control-Allow-Origin': '*', 'Cache-Control': 'public, max-age=15, s-maxage=30' };

export async function GET(): Promise<Response> {
  const { state, measuredSince, sampledAt, components, providers } = await getStatus();
  return Response.json(
    {
      state,
      measured_since: measuredSince,
      sampled_at: sampledAt,
      components: components.map(componentJson),
      providers: providers.map(providerJson),
    },
    { headers: HEADERS },
  );
}

const componentJson = ({ component, state, availability, days }: ComponentView) => ({
  component,
  state,
  availability,
  days: days.filter((day) => day.state !== 'unknown').map(dayJson),
});

const dayJson = ({ day, state, failedMinutes, degradedMinutes, unmeasuredMinutes }: DayView) => ({
  day,
  state,
  failed_minutes: failedMinutes,
  degraded_minutes: degradedMinutes,
  unmeasured_minutes: unmeasuredMinutes,
});

const providerJson = ({ provider, asked, share, days }: ProviderView) => ({
  provider,
  asked,
  answered_share: share,
  days: days.flatMap((day) => (day.share === null ? [] : [{ day: day.day, asked: day.asked, answered_share: day.share }])),
});
