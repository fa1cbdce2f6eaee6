// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { navItems } from '@/components/shell/nav-items';
import { HEALTH_STATES, type IdentityHealthView, type WorkerView } from '@/lib/operator/rules';
import { assessCalibration } from '@/lib/verifications/rules/calibration';
import { HealthStateBadge } from './health-state-badge';
import { HealthTable } from './health-table';
import { ScoresCard } from './scores-card';
import { WorkersCard } from './workers-card';

afterEach(cleanup);

const health = (more: Partial<IdentityHealthView>): IdentityHealthView => ({
  identity: 'mx1.example.org',
  provider: 'big-mail',
  state: 'working',
  pace: 1,
  slowedAt: null,
  windowAt: new Date().toISOString(),
  answered: 0,
  refused: 0,
  restsUntil: null,
  rests: 0,
  lastRefusalAt: null,
  lastRefusal: null,
  ...more,
});

const worker = (more: Partial<WorkerView> = {}): WorkerView => ({
  workerId: 'wrk_1',
  host: 'mail-1',
  pid: 42,
  startedAt: new Date().toISOString(),
  beatAt: new Date().toISOString(),
  silentS: 3,
  jobs: 2,
  ...more,
});

it('only operators have the link', () => {
  expect(navItems(['operator']).map(({ href }) => href)).toContain('/operator');
  expect(navItems(['sandbox']).map(({ href }) => href)).not.toContain('/operator');
});

describe('the workers', () => {
  it('shows a plain warning if none is alive, naming the last one heard from', () => {
    render(<WorkersCard alive={[]} silent={[worker({ host: 'mail-9 pid:[4026531836]', silentS: 36 })]} />);
    expect(screen.getByText('No worker is alive')).toBeTruthy();
    expect(screen.getByText('mail-9')).toBeTruthy();
    expect(screen.getByText('36 s ago')).toBeTruthy();
  });

  it('are shown with host, process, jobs and the age of the heartbeat', () => {
    render(<WorkersCard alive={[worker()]} silent={[]} />);
    for (const words of ['mail-1', '42', '2', '3 s ago']) expect(screen.getByText(words)).toBeTruthy();
    expect(screen.queryByText('No worker is alive')).toBeNull();
  });
});

describe('the health of an identity', () => {
  it('shows the state by word and shape, with a different shape for each state', () => {
    const shapes = HEALTH_STATES.map(
      (state) => render(<HealthStateBadge state={state} />).container.querySelector('svg')?.innerHTML,
    );
    expect(new Set(shapes).size).toBe(HEALTH_STATES.length);
  });

  it('says when a rest ends and how many there were in a row', () => {
    const restsUntil = new Date(Date.now() + 20.3 * 60_000).toISOString();
    render(<HealthTable items={[health({ state: 'resting', restsUntil, rests: 3 })]} />);
    expect(screen.getAllByText('3rd rest in a row')[0]?.parentElement?.textContent).toBe('ends in 20 minutes, 3rd rest in a row');
  });

  it('computes the share of refusals in everything that was asked, and shows none if nobody refused', () => {
    render(<HealthTable items={[health({ answered: 3, refused: 1 })]} />);
    expect(screen.getAllByText(/25% refused/).length).toBeGreaterThan(0);
    cleanup();
    render(<HealthTable items={[health({ answered: 0 })]} />);
    expect(screen.queryByText(/% refused/)).toBeNull();
  });

  it('shows a server’s words as text, whatever they are', () => {
    const lastRefusal = '550 <script>alert(1)</script>';
    const { container } = render(<HealthTable items={[health({ lastRefusal })]} />);
    expect(container.querySelector('script')).toBeNull();
    expect(screen.getAllByText(lastRefusal).length).toBeGreaterThan(0);
  });
});

describe('the scores', () => {
  it('show no figure before an outcome was reported', () => {
    render(<ScoresCard report={assessCalibration([])} />);
    expect(screen.getByText(/every score is an estimate/)).toBeDefined();
    expect(screen.queryByRole('table')).toBeNull();
  });

  it('stay an estimate until there are enough outcomes, and show predicted beside observed', () => {
    render(<ScoresCard report={assessCalibration([{ score: 95, count: 10, took: 9 }])} />);
    expect(screen.getByText(/10 outcomes reported, 1 of them hard bounces.*stay estimates/)).toBeDefined();
    expect(screen.getAllByRole('row')[1]?.textContent).toContain('95%90%');
  });
});
