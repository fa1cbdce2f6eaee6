// The state of this installation's DNS resolver: whether it resolves names that certainly exist and denies names that certainly don't. An
// answer about our resolver is never an answer about a mailbox, so this decides how much its "no such domain" is worth.

export const RESOLVER_STATES = ['healthy', 'denies_known', 'invents', 'silent'] as const;
export type ResolverState = (typeof RESOLVER_STATES)[number];

export const isResolverState = (text: string): text is ResolverState => RESOLVER_STATES.some((state) => state === text);

export interface ResolverHealth {
  state: ResolverState;
  /** The operator named this resolver in DNS_SERVERS, so it may be private on purpose. */
  isChosen: boolean;
  /** What came instead of answers, if there were none: `TIMEOUT`, `SERVFAIL`. */
  detail: string | null;
}

export type ResolverTrouble = ResolverHealth & { state: Exclude<ResolverState, 'healthy'> };

export const isTrouble = (health: ResolverHealth): health is ResolverTrouble => health.state !== 'healthy';

/** What is wrong, in one sentence for the operator. */
export function resolverSentence({ state, isChosen, detail }: ResolverTrouble): string {
  const who = isChosen ? 'The DNS resolver named in DNS_SERVERS' : 'The DNS resolver of this machine';
  switch (state) {
    case 'denies_known':
      return `${who} says that big mail providers such as gmail.com do not exist.`;
    case 'invents':
      return `${who} gives answers for names that nobody has registered.`;
    case 'silent':
      return `${who} does not answer${detail === null ? '' : ` (${detail})`}.`;
  }
}

/** What this means for verdicts, and what to do. */
export const resolverAdvice = ({ isChosen }: ResolverTrouble): string =>
  isChosen
    ? 'Because you chose it, we believe what it says about other domains. If it is not meant to be private, name another one in DNS_SERVERS.'
    : 'Until it works, domains it says do not exist are reported as unknown, never as undeliverable. Fix it, or name another one in DNS_SERVERS.';
