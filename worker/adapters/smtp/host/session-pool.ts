// Keeps open sessions that have nothing to do warm for a short time, and tracks every socket of the adapter. Guarantees: an idle
// session ends with QUIT and gives way when others wait for a place; after `close` no socket is left.
import type { Socket } from 'node:net';
import { setImmediate as endOfTurn } from 'node:timers/promises';
import type { HostSession } from './try-route';

interface Idle {
  queue: string;
  timer: NodeJS.Timeout;
}

export class SessionPool {
  /** Oldest first. */
  private readonly idle = new Map<HostSession, Idle>();
  private readonly byQueue = new Map<string, Set<HostSession>>();
  private readonly sockets = new Set<Socket>();
  /** The ends of sessions that were given back after `close`. */
  private readonly late: Promise<void>[] = [];
  private closed = false;

  constructor(private readonly idleMs: number) {}

  get isClosed(): boolean {
    return this.closed;
  }

  readonly trackSocket = (socket: Socket): void => {
    this.sockets.add(socket);
    socket.once('close', () => this.sockets.delete(socket));
  };

  park(queue: string, session: HostSession): void {
    if (this.closed || !session.isOpen) {
      void this.end(session);
      return;
    }
    const timer = setTimeout(() => {
      this.release(session);
      void session.quit();
    }, this.idleMs);
    this.idle.set(session, { queue, timer });
    const sessions = this.byQueue.get(queue) ?? new Set();
    this.byQueue.set(queue, sessions.add(session));
    void session.ended.then(() => {
      this.release(session);
    });
  }

  /** Ends a session that is not to be kept warm. */
  end(session: HostSession): Promise<void> {
    const ending = session.quit();
    if (this.closed) this.late.push(ending);
    return ending;
  }

  /** Takes a warm session of this queue that fits out of the pool. */
  take(queue: string, fits: (session: HostSession) => boolean): HostSession | null {
    for (const session of this.byQueue.get(queue) ?? []) {
      if (!session.isOpen || !fits(session)) continue;
      this.release(session);
      return session;
    }
    return null;
  }

  /** Whether an idle session of this queue is open that fits. */
  isKeeping(queue: string, fits: (session: HostSession) => boolean = () => true): boolean {
    return [...(this.byQueue.get(queue) ?? [])].some((session) => session.isOpen && fits(session));
  }

  /** Ends all idle sessions of this queue: a new session might be one too many. */
  async endAll(queue: string): Promise<void> {
    const sessions = [...(this.byQueue.get(queue) ?? [])];
    for (const session of sessions) this.release(session);
    await Promise.all(sessions.map((session) => session.quit()));
  }

  /** Of the sessions that may give way, ends the one that has been idle longest. */
  makeRoom(isGivingWay: (session: HostSession) => boolean): void {
    for (const session of this.idle.keys()) {
      if (!isGivingWay(session)) continue;
      this.release(session);
      void session.quit();
      return;
    }
  }

  /** Sends QUIT on idle sessions, then ends every socket, including those being dialed. */
  async close(): Promise<void> {
    this.closed = true;
    const sessions = [...this.idle.keys()];
    for (const session of sessions) this.release(session);
    const quits = sessions.map((session) => session.quit());
    // A session whose last reply was read in this turn of the event loop is given back at the turn's end.
    await endOfTurn();
    await Promise.all([...quits, ...this.late]);
    const open = [...this.sockets].map((socket) => {
      const gone = new Promise((resolve) => socket.once('close', resolve));
      socket.destroy();
      return gone;
    });
    await Promise.all(open);
  }

  private release(session: HostSession): void {
    const parked = this.idle.get(session);
    if (parked === undefined) return;
    clearTimeout(parked.timer);
    this.idle.delete(session);
    const sessions = this.byQueue.get(parked.queue);
    sessions?.delete(session);
    if (sessions?.size === 0) this.byQueue.delete(parked.queue);
  }
}

// Decides how many sessions one set of mail hosts gets at once, much like TCP finds out what a path can carry: twice as many after each
// round of clean sessions; from `carefully` on, one more per round, so that a host that allows fewer refuses one connection, not a crowd;
// one again after a session was cut short. Only what a host shows counts here; the limits that it names are kept by `HostMemory`.

/** Doubling ends here: asking for one connection too many at a time is fair. */
const CAREFULLY_FROM = 4;

export class SessionWindow {
  /** Clean sessions in this round. */
  private served = 0;

  constructor(
    private size: number,
    private readonly most: number,
  ) {
    this.size = Math.min(size, most);
  }

  get sessions(): number {
    return this.size;
  }

  /** A whole group was answered, and nothing was said about us. It was begun when there were `of` sessions: fewer show nothing about more. */
  grow(of: number): void {
    if (of < this.size) return;
    this.served += 1;
    if (this.served < this.size) return;
    this.served = 0;
    const next = this.size < CAREFULLY_FROM ? this.size * 2 : this.size + 1;
    this.size = Math.min(this.most, next);
  }

  /** A session was cut short, or we were told to slow down. */
  cut(): void {
    this.size = 1;
    this.served = 0;
  }
}
