// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeEventSource } from '@/components/verification/fake-event-source';
import { fakeLayers, fakeVerification } from '@/components/verification/fake-verification';
import { FreeVerifier } from './free-verifier';

type Answer = () => Response | Promise<Response>;

/** The bodies of the requests, as JSON. */
const sent: string[] = [];

/** A server with the given allowance that answers checks as told. */
function serve(check: Answer, remaining = 9) {
  const fetched = vi.fn((url: string, init?: RequestInit) => {
    sent.push(JSON.stringify(init?.body ?? null));
    const isAllowance = url.endsWith('/allowance');
    return Promise.resolve(isAllowance ? Response.json({ remaining, limit: 10 }) : check());
  });
  vi.stubGlobal('fetch', fetched);
  return fetched;
}

const verify = (email: string) => {
  render(<FreeVerifier initialEmail="" samples={[]} limit={10} />);
  fireEvent.change(screen.getByLabelText('Email address to verify'), { target: { value: email } });
  fireEvent.click(screen.getByRole('button', { name: 'Verify' }));
};

// This code is loaded with the first check. On a busy machine that takes longer than a query for its text waits.
beforeAll(() => import('./free-outcome'));
beforeEach(() => vi.stubGlobal('EventSource', FakeEventSource));
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('the free verifier', () => {
  it('shows the allowance that is left, before and after a check', async () => {
    const final = fakeVerification({ status: 'deliverable', reason: 'mailbox_exists', layers: fakeLayers(7) });
    serve(() => Response.json(final, { status: 201, headers: { 'x-free-checks-remaining': '8' } }));
    verify('alice@example.test');
    expect(await screen.findByText(/8 of 10 free checks left today/)).toBeTruthy();
    expect(await screen.findByText('Deliverable')).toBeTruthy();
  });

  it('says what to do after a verdict: bring a list, check a suggestion, or come back later', async () => {
    const show = (more: Parameters<typeof fakeVerification>[0]) => {
      cleanup();
      serve(() => Response.json(fakeVerification({ layers: fakeLayers(7), ...more }), { status: 201 }));
      verify('alice@example.test');
    };
    show({ status: 'deliverable', reason: 'mailbox_exists' });
    expect(await screen.findByText('Safe to send')).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Sign up free' }).getAttribute('href')).toBe('/signup');

    show({ status: 'undeliverable', reason: 'domain_not_found', didYouMean: 'alice@example.com' });
    fireEvent.click(await screen.findByRole('button', { name: 'Check alice@example.com' }));
    expect(sent.at(-1)).toContain('alice@example.com');

    show({ status: 'unknown', reason: 'no_response', email: 'alice@example.test' });
    expect(await screen.findByText(/check it again in 15 minutes/)).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Check again' })).toBeTruthy();

    show({ status: 'unknown', reason: 'provider_unverifiable' });
    expect(await screen.findByText('Nobody can tell in advance')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Check again' })).toBeNull();
  });

  it('is honest about an unknown', async () => {
    serve(() =>
      Response.json(fakeVerification({ status: 'unknown', reason: 'no_response', layers: fakeLayers(7) }), { status: 201 }),
    );
    verify('alice@example.test');
    expect(await screen.findByText(/so we could not tell/)).toBeTruthy();
  });

  it('asks for an address instead of sending nothing', () => {
    const fetched = serve(() => Response.json({}));
    verify('  ');
    expect(screen.getByRole('alert').textContent).toBe('Type the address you want to check.');
    expect(fetched.mock.calls.filter(([url]) => url === '/api/free/verifications')).toEqual([]);
  });

  it('checks what stands in the field, also if it was typed just before the page came alive', () => {
    const fetched = serve(() => Response.json({}));
    render(<FreeVerifier initialEmail="" samples={[]} limit={10} />);
    const field = screen.getByLabelText('Email address to verify');
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, 'early@example.test');
    fireEvent.click(screen.getByRole('button', { name: 'Verify' }));
    expect(screen.queryByRole('alert')).toBeNull();
    expect(fetched.mock.calls.filter(([url]) => url === '/api/free/verifications')).toHaveLength(1);
    expect(sent.at(-1)).toContain('early@example.test');
  });

  it('repeats the server’s words about bad input', async () => {
    serve(() => Response.json({ detail: 'The address is too long.' }, { status: 400 }));
    verify('x@example.test');
    expect((await screen.findByRole('alert')).textContent).toBe('The address is too long.');
  });

  it('offers an account when the allowance is used up', async () => {
    serve(() =>
      Response.json(
        { detail: 'The next check is possible in 7 hours.' },
        { status: 429, headers: { 'x-free-checks-remaining': '0' } },
      ),
    );
    verify('x@example.test');
    expect(await screen.findByText('The next check is possible in 7 hours.')).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Sign up free' }).getAttribute('href')).toBe('/signup');
    expect(screen.getByText(/0 of 10 free checks left/)).toBeTruthy();
  });

  it('says that the service is away and that nothing was counted', async () => {
    serve(() => new Response('bad gateway', { status: 502 }));
    verify('x@example.test');
    expect((await screen.findByRole('alert')).textContent).toContain('Nothing was counted');
  });

  it('distinguishes a broken connection from a broken service', async () => {
    serve(() => Promise.reject(new TypeError('Failed to fetch')));
    verify('x@example.test');
    expect((await screen.findByRole('alert')).textContent).toContain('Check your connection');
  });
});
