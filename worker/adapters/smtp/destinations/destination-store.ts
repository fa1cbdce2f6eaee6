// Where the connections and recipients of an hour at each destination are counted over all workers. They are taken in leases, so that
// it is not a question a connection. Without a store nothing is counted by the hour: the command line runs alone.

export interface Tally {
  connections: number;
  recipients: number;
}

export interface LeaseAsk {
  /** An address or a network. */
  destination: string;
  wanted: Tally;
  /** What may be used there this hour in all, whoever it is that asks. */
  cap: Tally;
}

export interface Leases {
  /** One for each ask, in their order; zero where the cap is reached. */
  granted: readonly Tally[];
  /** Until the hour is over and all of it lapses. */
  leftMs: number;
}

export interface DestinationStore {
  lease(asks: readonly LeaseAsk[]): Promise<Leases>;
}
