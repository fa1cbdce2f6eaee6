// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { ResolverBanner, ResolverNote } from './resolver-banner';

afterEach(cleanup);
const banner = () => screen.getByRole('region', { name: 'DNS problem' }).textContent;

describe('the banner', () => {
  it('tells operators what is wrong, what it causes and what to do', () => {
    render(<ResolverBanner trouble={{ state: 'denies_known', isChosen: false, detail: null }} hasSandbox />);
    expect(banner()).toContain('The DNS resolver of this machine says that big mail providers such as gmail.com do not exist.');
    expect(banner()).toContain('reported as unknown, never as undeliverable');
    expect(banner()).toContain('name another one in DNS_SERVERS');
    expect(banner()).toContain('Sandbox addresses work as always.');
  });

  it('says that the answers of a chosen resolver are believed', () => {
    render(<ResolverBanner trouble={{ state: 'silent', isChosen: true, detail: 'TIMEOUT' }} hasSandbox={false} />);
    expect(banner()).toContain('The DNS resolver named in DNS_SERVERS does not answer (TIMEOUT).');
    expect(banner()).toContain('we believe what it says about other domains');
    expect(banner()).not.toContain('Sandbox');
  });

  it('tells customers what it means for them, and visitors before they try', () => {
    render(<ResolverBanner trouble={null} hasSandbox={false} />);
    expect(banner()).toContain('Checks may come out as unknown, which costs nothing');
    expect(banner()).not.toContain('DNS_SERVERS');
    const { container } = render(<ResolverNote hasSandbox />);
    expect(container.textContent).toContain('can’t see the internet’s DNS right now');
  });
});
