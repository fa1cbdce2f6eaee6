// Replaces the browser's EventSource in tests. The test opens it, breaks it and sends events through it.
import type { VerificationView } from '@/lib/verdict/verification';

export class FakeEventSource extends EventTarget {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSED = 2;
  /** Every source opened since the last reset, oldest first. */
  static opened: FakeEventSource[] = [];

  readyState = FakeEventSource.CONNECTING;
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;

  constructor(readonly url: string) {
    super();
    FakeEventSource.opened.push(this);
  }

  open(): void {
    this.readyState = FakeEventSource.OPEN;
    this.onopen?.();
  }

  /** `gaveUp`: as after an HTTP error, when a browser does not reconnect by itself. */
  fail({ gaveUp }: { gaveUp: boolean }): void {
    this.readyState = gaveUp ? FakeEventSource.CLOSED : FakeEventSource.CONNECTING;
    this.onerror?.();
  }

  say(view: VerificationView): void {
    this.sayText(JSON.stringify(view));
  }

  sayText(data: string): void {
    this.dispatchEvent(new MessageEvent('verification', { data }));
  }

  close(): void {
    this.readyState = FakeEventSource.CLOSED;
  }
}
