// Every limit of the product, named once. Units are in the names. Each is tested at its edge.

/** RFC 5321 4.5.3.1: local part, domain, and a forward path of 256 octets with its angle brackets. */
export const LOCAL_PART_MAX_OCTETS = 64;
export const DOMAIN_MAX_OCTETS = 255;
export const ADDRESS_MAX_OCTETS = 254;
/** RFC 1035 2.3.4 */
export const DNS_LABEL_MAX_OCTETS = 63;
/** Longest input accepted as an address anywhere; anything longer is `syntax_invalid`, kept cut. */
export const ADDRESS_INPUT_MAX_CHARS = 1_000;

/** The hard time budget of one address. */
export const INTERACTIVE_BUDGET_MS = 15_000;
export const BULK_BUDGET_MS = 90_000;

/** What we read from a server: RFC 5321 allows 512 octets a line; some send more. */
export const REPLY_LINE_MAX_OCTETS = 4_096;
export const REPLY_MAX_OCTETS = 16_384;
export const REPLY_MAX_LINES = 100;
/** What is kept of a reply in evidence. */
export const EVIDENCE_TEXT_MAX_CHARS = 500;
export const EVIDENCE_MAX_ITEMS = 60;

/** Greylisted addresses: seconds to wait where the reply names no delay, and the bounds on one that does. */
export const GREYLIST_LADDER_S = [60, 300, 900, 3_600] as const;
export const GREYLIST_DELAY_MIN_S = 1;
export const GREYLIST_DELAY_MAX_S = 6 * 3_600;

/** A domain's accept-all fact is believed this long; one probe pair a domain a day. */
export const ACCEPT_ALL_FACT_MAX_AGE_MS = 24 * 3_600_000;

/** The free verifier: checks a visitor a day (IPv6 visitors by /64). */
export const FREE_CHECKS_A_DAY = 10;
/** Probes of one target domain an hour, over all customers. */
export const PROBES_A_DOMAIN_AN_HOUR = 1_000;

/** Request bodies of the JSON API. */
export const API_BODY_MAX_BYTES = 256 * 1024;
export const API_TIMEOUT_MIN_MS = 500;
export const API_TIMEOUT_MAX_MS = 30_000;
export const API_TIMEOUT_DEFAULT_MS = 10_000;
export const METADATA_MAX_BYTES = 4_096;
export const IDEMPOTENCY_KEY_MAX_CHARS = 255;
export const IDEMPOTENCY_TTL_MS = 24 * 3_600_000;
export const PAGE_SIZE_DEFAULT = 25;
export const PAGE_SIZE_MAX = 100;

/** An answer given from memory: same address and workspace, final and not unknown. */
export const MEMORY_MAX_AGE_S = 24 * 3_600;

/** Monthly credits of the Free plan. */
export const FREE_PLAN_CREDITS_A_MONTH = 100;

export const PASSWORD_MIN_CHARS = 10;
export const PASSWORD_MAX_CHARS = 200;
export const API_KEYS_A_WORKSPACE = 50;
