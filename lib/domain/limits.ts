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
export const FREE_CHECK_WINDOW_S = 24 * 3_600;
export const VISITOR_COOKIE_TTL_S = 30 * 24 * 3_600;

/** Live streams (SSE): open at once from one client address, age of one, and the pause between signs of life. */
export const STREAMS_A_CLIENT = 20;
export const STREAM_MAX_AGE_MS = 15 * 60_000;
export const STREAM_KEEP_ALIVE_MS = 15_000;
/** After a broken stream the browser comes back so much later. */
export const STREAM_RETRY_MS = 2_000;
/** Probes of one target domain an hour, over all customers. */
export const PROBES_A_DOMAIN_AN_HOUR = 10_000;

/** Request bodies of the JSON API. */
export const API_BODY_MAX_BYTES = 256 * 1024;
export const API_TIMEOUT_MIN_MS = 500;
export const API_TIMEOUT_MAX_MS = 30_000;
export const API_TIMEOUT_DEFAULT_MS = 10_000;
export const METADATA_MAX_BYTES = 4_096;
export const IDEMPOTENCY_KEY_MAX_CHARS = 255;
export const IDEMPOTENCY_TTL_MS = 24 * 3_600_000;
/** A request without an answer for so long is taken for dead: a retry goes on with its work. */
export const IDEMPOTENCY_STALE_MS = 60_000;
/** Nesting of a JSON body. */
export const API_BODY_MAX_DEPTH = 32;
export const PAGE_SIZE_DEFAULT = 25;
export const PAGE_SIZE_MAX = 100;

/** An answer given from memory: same address and workspace, final and not unknown. */
export const MEMORY_MAX_AGE_S = 24 * 3_600;

/** Monthly credits of the Free plan. */
export const FREE_PLAN_CREDITS_A_MONTH = 100;

/** Warned when less than this share of a month's credits, or of the newest purchase, is left; and the largest mark to choose. */
export const LOW_BALANCE_SHARE = 0.1;
export const LOW_BALANCE_MARK_MAX = 100_000_000;
/** The largest monthly budget of an API key. */
export const KEY_BUDGET_MAX = 100_000_000;
/** Entries of the ledger on a page of the app, and read at a time for a CSV file. */
export const LEDGER_PAGE_ENTRIES = 50;
export const LEDGER_EXPORT_ENTRIES = 1_000;
/** The longest range that usage is told for. */
export const USAGE_MAX_DAYS = 366;

/** Reported outcomes: how many in one call, and how old an answer may be for its refund. */
export const FEEDBACK_MAX_ITEMS = 1_000;
export const FEEDBACK_REFUND_DAYS = 30;
/** Bounces that are refunded, as a share of the charged deliverables of one list and of the workspace's last 30 days; a few always. */
export const FEEDBACK_REFUNDS_A_LIST = { share: 0.05, atLeast: 5 } as const;
export const FEEDBACK_REFUNDS_A_MONTH = { share: 0.05, atLeast: 10 } as const;

/** A plan whose renewal could not be charged stays as it is for so long; then the workspace is back on Free. */
export const PAST_DUE_GRACE_DAYS = 7;
/** Automatic purchases, whatever the workspace allows: a day and a month. */
export const AUTO_TOP_UPS_A_DAY = 3;
export const AUTO_TOP_UPS_A_MONTH_MAX = 30;
export const AUTO_TOP_UP_BELOW_MAX = 1_000_000;
/** Events from Stripe: size of one, how old its signature may be, how often handling it is tried, how long it is kept. */
export const STRIPE_EVENT_MAX_BYTES = 1_024 * 1_024;
export const STRIPE_SIGNATURE_MAX_AGE_S = 300;
export const STRIPE_EVENT_KEPT_DAYS = 90;
/** The cost of a change of plan, once shown, can be agreed to for so long. */
export const PLAN_CHANGE_SHOWN_MAX_S = 30 * 60;
/** Invoices on one page. */
export const INVOICES_A_PAGE = 12;

export const PASSWORD_MIN_CHARS = 10;
export const PASSWORD_MAX_CHARS = 200;
export const API_KEYS_A_WORKSPACE = 50;
export const API_KEY_NAME_MAX_CHARS = 80;
/** `last used` is written at most this often. */
export const API_KEY_LAST_USED_EVERY_MS = 60_000;
/** Keys that do not exist, tried from one client address, before it is refused unheard until the time is over. */
export const API_KEY_FAILURES = { points: 30, durationS: 60 } as const;

/** Attempts on the account pages: by the client's address, by the mail address, and by the two together. */
export const ATTEMPT_LIMITS = {
  sign_in: {
    client: { points: 60, durationS: 900 },
    email: { points: 100, durationS: 3_600 },
    pair: { points: 10, durationS: 900 },
  },
  sign_up: { client: { points: 20, durationS: 3_600 }, email: { points: 5, durationS: 3_600 } },
  magic_link: { client: { points: 20, durationS: 3_600 }, email: { points: 5, durationS: 3_600 } },
  reset: { client: { points: 20, durationS: 3_600 }, email: { points: 5, durationS: 3_600 } },
  resend: { client: { points: 30, durationS: 3_600 }, email: { points: 5, durationS: 3_600 } },
  /** Pressing the button behind a mailed link. */
  mailed_link: { client: { points: 60, durationS: 900 } },
  /** Changes of an account that ask for its password; by the account's own address. */
  account_change: { client: { points: 60, durationS: 3_600 }, email: { points: 10, durationS: 900 } },
} as const satisfies Record<string, Partial<Record<'client' | 'email' | 'pair', { points: number; durationS: number }>>>;
/** One more mail of the same kind to the same address. */
export const RESEND_COOLDOWN_S = 60;

/** How long a mailed link works. */
export const VERIFY_LINK_TTL_S = 24 * 3_600;
export const RESET_LINK_TTL_S = 3_600;
export const CHANGE_EMAIL_LINK_TTL_S = 3_600;
export const MAGIC_LINK_TTL_S = 3_600;
/** A sign-in lasts this long, however often it is used. */
export const SESSION_TTL_S = 30 * 24 * 3_600;
/** 0 (trivial) to 4 by the strength estimator. */
export const PASSWORD_MIN_SCORE = 3;
export const PERSON_NAME_MAX_CHARS = 100;
/** The newest mails kept in the outbox of local mode. */
export const OUTBOX_MAX_MAILS = 200;

/** Lists: what a file may hold. */
export const LIST_ROWS_MAX = 1_000_000;
export const LIST_FILE_MAX_BYTES = 250 * 1024 * 1024;
/** After decompression, whether gzip or the inside of an XLSX: more is a bomb. */
export const LIST_UNPACKED_MAX_BYTES = 2 * 1024 * 1024 * 1024;
export const LIST_COLUMNS_MAX = 1_000;
export const LIST_CELL_MAX_CHARS = 32_767;
/** A whole row; longer ones are rejected. */
export const LIST_ROW_MAX_CHARS = 256 * 1024;
/** Of a gzip: more bytes out for one in is a bomb, once so much has come out. */
export const GZIP_RATIO_MAX = 250;
export const GZIP_RATIO_FROM_BYTES = 16 * 1024 * 1024;
/** Of an XLSX: parts, the text that its cells share, and one piece of markup or text. */
export const XLSX_ENTRIES_MAX = 10_000;
export const XLSX_SHARED_TEXT_MAX_BYTES = 128 * 1024 * 1024;
export const XLSX_SHARED_STRINGS_MAX = 5_000_000;
export const XLSX_PIECE_MAX_BYTES = 1024 * 1024;
/** Pasted into the page. */
export const PASTE_MAX_BYTES = 4 * 1024 * 1024;
export const LIST_NAME_MAX_CHARS = 120;
/** Lists of a workspace that are uploading, parsing, queued or running at once. */
export const LISTS_AT_WORK_A_WORKSPACE = 20;
/** One part of a resumable upload. */
export const UPLOAD_PART_BYTES = 4 * 1024 * 1024;
/** An upload without a new part for so long is given up. */
export const UPLOAD_ABANDONED_AFTER_MS = 24 * 3_600_000;
/** Files up to this size are read beside larger ones, without waiting for them. */
export const SMALL_FILE_MAX_BYTES = 1024 * 1024;
/** Files read at once in one worker process. */
export const SMALL_FILES_AT_ONCE = 2;
export const LARGE_FILES_AT_ONCE = 1;
/** Addresses of one batch by JSON, its body, and the client's own word on one of them. */
export const BATCH_MAX_EMAILS = 1_000;
export const BATCH_BODY_MAX_BYTES = 2 * 1024 * 1024;
export const BATCH_REF_MAX_CHARS = 255;
/** Of the form that brings a file: what may stand around the file, and one field. */
export const UPLOAD_FORM_EXTRA_BYTES = 64 * 1024;
export const UPLOAD_FIELD_MAX_BYTES = 8 * 1024;
export const LIST_RETENTION_DAYS = { min: 1, max: 90, default: 30 } as const;
/** Before the rows of a list are deleted its maker is told: days before, and of lists kept no longer than that, half their time. */
export const EXPIRY_NOTICE_DAYS = 3;
/** However late the notice was, the rows stay so much longer. */
export const EXPIRY_NOTICE_MIN_HOURS = 12;
/** Rows of a list that one statement deletes, and how long before others have a turn. */
export const PURGE_BATCH_ROWS = 5_000;
export const PURGE_TURN_MS = 10_000;
/** Lists from so many rows on are deleted on the page only after their name was typed. */
export const TYPE_NAME_FROM_ROWS = 1_000;
/** Addresses of one chunk of work, and the time a chunk of the main lane keeps its slot. */
export const CHUNK_MAX_ADDRESSES = 500;
export const CHUNK_SLICE_MS = 15_000;
/** Announcements of a list's progress a second. */
export const LIST_NOTICES_A_SECOND = 4;
/** What is searched for in a list's results. */
export const SEARCH_MAX_CHARS = 254;
/** Cells of a row that are shown beside its verdict in a table or a page of the API; longer ones are in the row and the download. */
export const RESULT_CELLS_MAX_CHARS = 16_384;
/** A cursor holds an address at most. */
export const CURSOR_MAX_CHARS = 4_096;
/** Further rows with the same address that a row names; domains and providers that a list's page names. */
export const DUPLICATES_SHOWN = 100;
export const DEAD_DOMAINS_SHOWN = 8;
export const PROVIDERS_SHOWN = 8;
/** Providers that the filter of a list offers. */
export const PROVIDERS_OFFERED = 50;
/** Of a running list, its dead domains are counted anew at most this often. */
export const DEAD_DOMAINS_EVERY_MS = 10_000;
/** Exports: rows and cells' bytes that are read at a time, exports of one workspace at once in a process. */
export const EXPORT_WINDOW_ROWS = 2_000;
export const EXPORT_WINDOW_MAX_BYTES = 4 * 1024 * 1024;
export const EXPORTS_AT_ONCE_A_WORKSPACE = 5;
/** However slowly the client reads. */
export const EXPORT_MAX_AGE_MS = 2 * 3_600_000;
/** What Excel opens: rows of a sheet, characters of a cell. And bytes of a sheet's markup, under the 4 GB of a plain ZIP. */
export const XLSX_SHEET_MAX_ROWS = 1_048_576;
export const XLSX_CELL_MAX_CHARS = 32_767;
export const XLSX_SHEET_MAX_BYTES = 3 * 1024 * 1024 * 1024;
/** A download link works so long. */
export const DOWNLOAD_LINK_TTL_S = 15 * 60;

/** Webhooks. */
export const WEBHOOKS_A_WORKSPACE = 20;
export const WEBHOOK_URL_MAX_CHARS = 2_048;
export const WEBHOOK_DESCRIPTION_MAX_CHARS = 200;
export const WEBHOOK_BODY_MAX_BYTES = 20 * 1_024;
/** The whole of an attempt, from the look-up of the name to the end of the answer. */
export const WEBHOOK_TIMEOUT_MS = 15_000;
/** What is read of an answer, and what is kept of it. */
export const WEBHOOK_ANSWER_MAX_BYTES = 64 * 1_024;
export const WEBHOOK_ANSWER_KEPT_BYTES = 1_024;
/** Attempts kept with a delivery. */
export const WEBHOOK_HISTORY_MAX = 20;
/** A secret that was replaced signs so much longer. */
export const WEBHOOK_OLD_SECRET_TTL_MS = 24 * 3_600_000;
/** An endpoint is switched off after nothing but failures for so long, and at least so many. */
export const WEBHOOK_FAILING_MAX_MS = 5 * 24 * 3_600_000;
export const WEBHOOK_FAILURES_MIN = 10;
export const WEBHOOK_KEEP_DAYS = 30;

/** Lists at work. Chunks under way at once in one worker process; one list never takes the last two of all. */
export const BULK_SLOTS = 8;
export const BULK_SLOTS_LEFT_TO_OTHERS = 2;
/** Of all slots, those that slow hosts may take. */
export const SLOW_LANE_SHARE = 1 / 4;
/** Chunks under way at once, a worker process, at the same mail hosts. */
export const HOST_CHUNKS_AT_ONCE = 2;
/** Addresses of lists under way at once in one process. */
export const BULK_ADDRESSES_AT_ONCE = 4_000;
/** Results are written when so many are there, or after so long. */
export const BATCH_MAX_ROWS = 500;
export const BATCH_EVERY_MS = 300;
/** A turn at the lists: after it a slot goes back to the queue, so that whoever waits comes next. */
export const BULK_TURN_MS = 2_000;
/** Rows that wait for room at their domain, by our own cap or pace, are given up so long after the start. */
export const ROOM_PATIENCE_MS = 24 * 3_600_000;
/** Planning: domains and about how many rows at a time, look-ups at once and their time, and how long before others have a turn. */
export const PLAN_PAGE_DOMAINS = 2_000;
export const PLAN_PAGE_ROWS = 5_000;
export const PLAN_LOOKUPS_AT_ONCE = 200;
export const PLAN_LOOKUP_MS = 1_500;
export const PLAN_TURN_MS = 15_000;
/** Rows that wait for others of their host to fill a chunk; hosts with fewer than the least share chunks. */
export const PLAN_WAITING_ROWS_MAX = 20_000;
export const PLAN_OWN_CHUNK_MIN_ROWS = CHUNK_MAX_ADDRESSES / 2;
