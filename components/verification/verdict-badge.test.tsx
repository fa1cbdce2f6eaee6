// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { STATUSES } from '@/lib/verdict/verdict';
import { STATUS_LABEL } from './reason-sentence';
import { VerdictBadge } from './verdict-badge';

afterEach(cleanup);

describe('a verdict badge', () => {
  it.each(STATUSES)('says %s as a word and as a shape, never by color alone', (status) => {
    const { container } = render(<VerdictBadge status={status} />);
    expect(screen.getByText(STATUS_LABEL[status])).toBeTruthy();
    expect(container.querySelector('svg[aria-hidden="true"]')).not.toBeNull();
  });

  it('has a different shape for each status', () => {
    const shapes = STATUSES.map((status) => render(<VerdictBadge status={status} />).container.querySelector('svg')?.innerHTML);
    expect(new Set(shapes).size).toBe(STATUSES.length);
  });
});
