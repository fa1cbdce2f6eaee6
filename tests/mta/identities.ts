// The product's sending identities here: two of this machine's loopback addresses, each with a name that the suite's DNS knows. Some hosts
// refuse the first one (conf/postfix/picky_clients, conf/postfix/refused_names, conf/exim/exim.conf).
export const FIRST_IDENTITY = { address: '127.0.1.1', helo: 'probe.verifier.test', mail_from: 'check@verifier.test' } as const;
export const SECOND_IDENTITY = { address: '127.0.1.2', helo: 'probe2.verifier.test', mail_from: 'check@verifier.test' } as const;

export const BOTH_IDENTITIES = JSON.stringify([FIRST_IDENTITY, SECOND_IDENTITY]);
export const ONE_IDENTITY = JSON.stringify([FIRST_IDENTITY]);
