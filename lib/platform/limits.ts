// The limits of the product, each named once and tested at its edge. Units are in the names. Attempts at sign-in have their limits beside
// their rules (lib/accounts/attempts.ts).

/** RFC 5321 4.5.3.1: local part, domain, and a forward path of 256 octets with its angle brackets. */
export const LOCAL_PART_MAX_OCTETS = 64;
export const DOMAIN_MAX_OCTETS = 255;
export const ADDRESS_MAX_OCTETS = 254;
/** RFC 1035 2.3.4 */
export const DNS_LABEL_MAX_OCTETS = 63;
/** Longest input accepted as an address anywhere; anything longer is `syntax_invalid` and stored truncated. */
export const ADDRESS_INPUT_MAX_CHARS = 1_000;

/** The hard time budget of one address. */
export const INTERACTIVE_BUDGET_MS = 15_000;
export const BULK_BUDGET_MS = 90_000;

/** What we read from a server: RFC 5321 allows 512 octets per line; some send more. */
export const REPLY_LINE_MAX_OCTETS = 4_096;
export const REPLY_MAX_OCTETS = 64 * 1024;
export const REPLY_MAX_LINES = 1_000;
/** How much of a reply the rules read for its meaning, half from each end. Rules take milliseconds per kilobyte. */
export const REPLY_JUDGED_MAX_CHARS = 16_384;
/** How much of a reply evidence keeps. */
export const EVIDENCE_TEXT_MAX_CHARS = 500;
export const EVIDENCE_MAX_ITEMS = 60;

/** Maximum retries of an address that may get an answer later. lib/verdict/retry-schedule.ts has the waits for each reason. */
export const RETRIES_MAX = 4;
/** Bounds on a delay that a reply names. */
export const GREYLIST_DELAY_MIN_S = 1;
export const GREYLIST_DELAY_MAX_S = 6 * 3_600;

/** Seconds until the next try of a single check that our own pace or limits left no time for, by how often that has happened. */
export const WAIT_LADDER_S = [5, 10, 20, 40, 60] as const;

/** A catch-all answer's grade is learned from at most this many names known to exist, and reported outcomes, at the domain. */
export const GRADE_NAMES_MAX = 50;
export const GRADE_OUTCOMES_MAX = 200;

/** How long a domain's catch-all fact is believed. There is one probe pair per domain per day. */
export const CATCH_ALL_FACT_MAX_AGE_MS = 24 * 3_600_000;

/**
 * The free verifier's daily answers for one client address (IPv6: one /56, as a household gets) and for the /48 around it, as a company
 * gets. Checks that do not count (bad syntax, sandbox) have a separate limit.
 */
export const FREE_CHECKS_A_DAY = 10;
export const FREE_CHECKS_A_SITE_A_DAY = 4 * FREE_CHECKS_A_DAY;
export const FREE_UNCOUNTED_CHECKS = { points: 60, durationS: 600 } as const;
export const FREE_CHECK_WINDOW_S = 24 * 3_600;
export const VISITOR_COOKIE_TTL_S = 30 * 24 * 3_600;

/** Checking whether our DNS resolver tells the truth: how long it may take, how long it is valid, and how often a worker reports it. */
export const RESOLVER_CHECK_MAX_MS = 3_000;
export const RESOLVER_CHECK_FRESH_MS = 15_000;
export const RESOLVER_CHECK_EVERY_MS = 30_000;

/**
 * One DNS question: its total time (most resolvers give up on a name within ten seconds), and how often one server may be asked. A single
 * check leaves the rest of its time to the mail host.
 */
export const DNS_QUESTION_MAX_MS = 12_000;
export const DNS_TRIES_A_SERVER = 12;
/** The wait before a question is sent again: at first, and its bounds as it follows a server's answer times. It doubles with each try. */
export const DNS_TRY_MS = { first: 1_000, least: 300, most: 4_000 } as const;
/** No wait is longer than this share of a question's total time, so that a lost question is sent again however slow the server seemed. */
export const DNS_TRY_SHARE = 0.25;
/** Doubling stops here. */
export const DNS_BACK_OFF_MOST_MS = 1_000;
/** A timer that fires later than this shows that the process itself was stalled. */
export const DNS_LATE_TIMER_MS = 50;
/** Pauses before a server that failed (SERVFAIL, REFUSED, nobody there) is asked again. After the last pause it is not asked again. */
export const DNS_FAILURE_PAUSES_MS = [500, 1_500] as const;
/** The try from which a silent server is also asked over TCP, and the maximum number of simultaneous connections to it. */
export const DNS_TCP_FROM_TRY = 4;
export const DNS_TCP_AT_ONCE = 8;
/** How many resolvers are asked about one name at most. The system's list also holds at most three. */
export const DNS_SERVERS_MAX = 3;
/** After this many consecutive questions that other servers answered instead, a server is asked last, for this long. */
export const DNS_LAME_AFTER = 5;
export const DNS_LAME_REST_MS = 30_000;
/**
 * How many young questions one server may have. The most is half of what a loopback receive buffer holds. The number is halved when more
 * than `lateShareOfCut` of a round's answers were late, and grows again when at most `lateShareOfGrowth` were. A question that is
 * unanswered for the hold time is no longer young.
 */
export const DNS_WINDOW = { least: 32, most: 200, growth: 8, lateShareOfCut: 0.25, lateShareOfGrowth: 0.1 } as const;
export const DNS_QUESTION_HOLD_MS = 250;
/** A datagram of this size passes everywhere unfragmented (DNS flag day 2020). */
export const DNS_UDP_MAX_OCTETS = 1_232;
/** A UDP socket: questions before a new port is taken, requested receive buffer, and how often it is read before a timeout counts. */
export const DNS_SOCKET_QUESTIONS_MAX = 1_000;
export const DNS_SOCKET_BUFFER_OCTETS = 1024 * 1024;
export const DNS_READ_PASSES_MAX = 16;
/** Aliases (CNAME) that point to aliases are followed this far, if the server leaves that to us. */
export const DNS_ALIASES_MAX = 8;
/** How long to wait for a host's IPv6 addresses after its IPv4 addresses, and for a domain's other mail hosts after the first one. */
export const DNS_SECOND_FAMILY_MS = 1_000;
export const DNS_OTHER_HOSTS_MS = 2_000;

/** Live streams (SSE): open at once from one client address, maximum age, and the time between keep-alives. */
export const STREAMS_A_CLIENT = 20;
export const STREAM_MAX_AGE_MS = 15 * 60_000;
export const STREAM_KEEP_ALIVE_MS = 15_000;
/** How long the browser waits before it reconnects a broken stream. */
export const STREAM_RETRY_MS = 2_000;
/** While PostgreSQL restarts, callers are told to retry after this long: it takes a second or two. */
export const DATABASE_AWAY_RETRY_S = 2;
/** How long a request waits for one of its process's connections. */
export const DATABASE_CONNECT_TIMEOUT_MS = 20_000;
/**
 * Probes of one target domain per hour, over all customers: the part that workspaces share, a reserve for single checks on top, and the
 * free verifier's part. Domains at a known provider are limited by that provider's pace instead.
 */
export const DOMAIN_PROBES = {
  shared: 8_800,
  reserve: 1_000,
  visitors: 200,
  /** The first probes of a domain's hour need no sharing. */
  unshared: 100,
} as const;
/** The most that one workspace gets of the shared part, and of what is left of the reserve, however little others ask for. */
export const DOMAIN_SHARE_MOST = 1 / 2;

/**
 * The most that one destination gets from us, over all customers, workers and names that lead to it. A destination is an IP address; its
 * network (IPv4 /24, IPv6 /48) gets four times as much. Hosts in a known provider's own zone are limited by that provider's pace instead.
 */
export const DESTINATION_LIMITS = {
  anAddress: { sessions: 10, connectionsAnHour: 1_200, recipientsAnHour: 30_000 },
  aNet: { sessions: 40, connectionsAnHour: 4_800, recipientsAnHour: 120_000 },
} as const;
/** The share of each hourly limit at a destination that lists leave to single checks. */
export const DESTINATION_RESERVE_SHARE = 0.1;
/** How long a session may continue while other hosts are waiting for its address. */
export const DESTINATION_TURN_MS = 30_000;

/** The total time of a request without a file, and how long an incoming file may pause. */
export const REQUEST_MAX_MS = 300_000;
export const UPLOAD_IDLE_MAX_MS = 60_000;
/** The request line and the headers together. */
export const REQUEST_HEAD_MAX_BYTES = 16_384;
/** Request bodies of the JSON API. */
export const API_BODY_MAX_BYTES = 256 * 1024;
export const API_TIMEOUT_MIN_MS = 500;
export const API_TIMEOUT_MAX_MS = 30_000;
export const API_TIMEOUT_DEFAULT_MS = 10_000;
export const METADATA_MAX_BYTES = 4_096;
export const IDEMPOTENCY_KEY_MAX_CHARS = 255;
export const IDEMPOTENCY_TTL_MS = 24 * 3_600_000;
/** A request without an answer for this long counts as dead: a retry continues its work. */
export const IDEMPOTENCY_STALE_MS = 60_000;
/** Domain facts by API: how long a lookup counts as fresh, how long a call waits for the worker, and how long a lookup may take. */
export const DOMAIN_FACTS_FRESH_MS = 5 * 60_000;
export const DOMAIN_LOOKUP_WAIT_MS = 10_000;
export const DOMAIN_LOOKUP_MAX_MS = 8_000;
/** Nesting of a JSON body. */
export const API_BODY_MAX_DEPTH = 32;
export const PAGE_SIZE_DEFAULT = 25;
export const PAGE_SIZE_MAX = 100;

/** Maximum age of an answer given from memory: same address and workspace, final and not unknown. */
export const MEMORY_MAX_AGE_S = 24 * 3_600;

/** A workspace's blocklist: its entries, and the lines and characters that can be pasted at once. A server action takes up to 1 MB. */
export const BLOCKLIST_ENTRIES_A_WORKSPACE = 10_000;
export const BLOCKLIST_PASTE_MAX_LINES = 2_000;
export const BLOCKLIST_PASTE_MAX_CHARS = 300_000;
/** Entries on one page of the blocklist, and read at a time for its CSV file. */
export const BLOCKLIST_PAGE_ENTRIES = 50;
export const BLOCKLIST_EXPORT_ENTRIES = 1_000;

/** Monthly credits of the Free plan. */
export const FREE_PLAN_CREDITS_A_MONTH = 100;
/** How long a new account's first page waits for these credits. */
export const FREE_CREDITS_WAIT_MS = 3_000;

/** Owners are warned below this share of a month's credits or of the newest purchase. And the largest threshold they can set. */
export const LOW_BALANCE_SHARE = 0.1;
export const LOW_BALANCE_MARK_MAX = 100_000_000;
/** After a purchase there is no low-balance warning for this long. */
export const LOW_BALANCE_QUIET_S = 60;
/** The largest monthly budget of an API key. */
export const KEY_BUDGET_MAX = 100_000_000;
/** Ledger entries on one page of the app, and read at a time for a CSV file. */
export const LEDGER_PAGE_ENTRIES = 50;
export const LEDGER_EXPORT_ENTRIES = 1_000;
/** The longest range of days that usage is reported for. */
export const USAGE_MAX_DAYS = 366;

/** The dashboard: days in its chart, number of open and of newest lists shown, and for how many days it shows the first steps. */
export const DASHBOARD_DAYS = 14;
export const DASHBOARD_LISTS = 5;
export const FIRST_STEPS_DAYS = 14;

/** The history: entries scanned for one page if a filter has no index, lines read at a time for a CSV file, and most lines in a file. */
export const HISTORY_SCAN_ENTRIES = 2_000;
export const HISTORY_EXPORT_AT_ONCE = 500;
export const HISTORY_EXPORT_LINES = 100_000;

/** Reported outcomes: how many in one call, and how old an answer may be for a refund. */
export const FEEDBACK_MAX_ITEMS = 1_000;
export const FEEDBACK_REFUND_DAYS = 30;
/** Refunded bounces, as a share of the charged deliverables of one list and of the last 30 days. `atLeast` are always refunded. */
export const FEEDBACK_REFUNDS_A_LIST = { share: 0.05, atLeast: 5 } as const;
export const FEEDBACK_REFUNDS_A_MONTH = { share: 0.05, atLeast: 10 } as const;

/** How long a plan whose renewal could not be charged stays active; then the workspace is back on Free. */
export const PAST_DUE_GRACE_DAYS = 7;
/** Automatic purchases per day and per month, whatever the workspace allows. */
export const AUTO_TOP_UPS_A_DAY = 3;
export const AUTO_TOP_UPS_A_MONTH_MAX = 30;
export const AUTO_TOP_UP_BELOW_MAX = 1_000_000;
/** Events from Stripe: size of one, how old its signature may be, how long it is kept. */
export const STRIPE_EVENT_MAX_BYTES = 1_024 * 1_024;
export const STRIPE_SIGNATURE_MAX_AGE_S = 300;
export const STRIPE_EVENT_KEPT_DAYS = 90;
/** Reversed payments: how long the billing page shows them, and how many disputes the operator's page shows. */
export const REVERSALS_SHOWN = { days: 30, disputes: 50 } as const;
/** How long the displayed cost of a plan change can be accepted. */
export const PLAN_CHANGE_SHOWN_MAX_S = 30 * 60;
/** Invoices on one page. */
export const INVOICES_A_PAGE = 12;

export const PASSWORD_MIN_CHARS = 10;
export const PASSWORD_MAX_CHARS = 200;
export const API_KEYS_A_WORKSPACE = 50;
export const API_KEY_NAME_MAX_CHARS = 80;
/** `last used` is written at most this often. */
export const API_KEY_LAST_USED_EVERY_MS = 60_000;
/** Where a key may be used from: networks and origins each, and characters of an origin. */
export const API_KEY_LOCKS_MAX = 20;
export const API_KEY_ORIGIN_MAX_CHARS = 253;
/** How many hours the secret before a rotation works beside the new one. */
export const API_KEY_ROTATION_HOURS = { min: 0, max: 168, default: 24 } as const;
/** Recent requests kept for each key, how long a request may wait in memory before it is written, and how many may wait. */
export const API_REQUESTS_KEPT = 100;
export const API_REQUESTS_FLUSH_MS = 1_000;
export const API_REQUESTS_WAITING_MAX = 5_000;
export const API_REQUEST_PATH_MAX_CHARS = 200;
/** How long a browser remembers that a page may call the API. */
export const CORS_PREFLIGHT_MAX_AGE_S = 86_400;
/** Read-only calls, on every plan. Polling twice a second never hits this limit. */
export const API_READS = { aSecond: 20, burst: 100 } as const;
/** Nonexistent keys tried from one client address. Further ones are refused with 429 until the time is over. */
export const API_KEY_FAILURES = { points: 30, durationS: 60 } as const;

/** Minimum time between two mails of the same kind to the same address. */
export const RESEND_COOLDOWN_S = 60;

/** How long a mailed link works. */
export const VERIFY_LINK_TTL_S = 24 * 3_600;
export const RESET_LINK_TTL_S = 3_600;
export const CHANGE_EMAIL_LINK_TTL_S = 3_600;
export const DELETE_ACCOUNT_LINK_TTL_S = 3_600;
export const MAGIC_LINK_TTL_S = 3_600;
/** A sign-in lasts this long, however often it is used. */
export const SESSION_TTL_S = 30 * 24 * 3_600;
/** `last seen` of a session is written at most this often. */
export const SESSION_SEEN_EVERY_MS = 5 * 60_000;
/** Concurrent sessions of one person; one more ends the oldest. */
export const SESSIONS_A_USER = 100;
/** How long an ended session is kept, to show what a new password signed out. */
export const ENDED_SESSIONS_KEPT_DAYS = 30;
/** How long a deletion can be canceled, and how long before the end the user is reminded. */
export const DELETION_WAIT_DAYS = 7;
export const DELETION_REMINDER_DAYS = 1;
/** From 0 (trivial) to 4, by the strength estimator. */
export const PASSWORD_MIN_SCORE = 3;
export const PERSON_NAME_MAX_CHARS = 100;
export const WORKSPACE_NAME_MAX_CHARS = 100;
/** How many mails the outbox of local mode keeps. */
export const OUTBOX_MAX_MAILS = 200;

/** Lists: what a file may contain. */
export const LIST_ROWS_MAX = 1_000_000;
export const LIST_FILE_MAX_BYTES = 250 * 1024 * 1024;
/** Size after decompression, of gzip or the inside of an XLSX. More counts as a decompression bomb. */
export const LIST_UNPACKED_MAX_BYTES = 2 * 1024 * 1024 * 1024;
export const LIST_COLUMNS_MAX = 1_000;
export const LIST_CELL_MAX_CHARS = 32_767;
/** Addresses in one cell, whose row is repeated for each; and the total size of all these copies in a list. */
export const CELL_ADDRESSES_MAX = 100;
export const LIST_REPEATED_MAX_CHARS = 256 * 1024 * 1024;
export const LIST_COLUMN_NAME_MAX_CHARS = 100;
/** The preview of a file: rows, characters per cell, and characters of all cells together. */
export const LIST_PREVIEW_ROWS = 5;
export const LIST_PREVIEW_CELL_CHARS = 80;
export const LIST_PREVIEW_MAX_CHARS = 64 * 1024;
/** A whole row; longer ones are rejected. */
export const LIST_ROW_MAX_CHARS = 256 * 1024;
/** Gzip output per byte of input above which a file counts as a bomb, once the second number of bytes has come out. */
export const GZIP_RATIO_MAX = 250;
export const GZIP_RATIO_FROM_BYTES = 16 * 1024 * 1024;
/** XLSX: number of parts, size and number of shared strings, and size of one piece of markup or text. */
export const XLSX_ENTRIES_MAX = 10_000;
export const XLSX_SHARED_TEXT_MAX_BYTES = 128 * 1024 * 1024;
export const XLSX_SHARED_STRINGS_MAX = 5_000_000;
export const XLSX_PIECE_MAX_BYTES = 1024 * 1024;
/** Text pasted into the page. */
export const PASTE_MAX_BYTES = 4 * 1024 * 1024;
export const LIST_NAME_MAX_CHARS = 120;
/** Lists of a workspace that are uploading, parsing, queued or running at once. */
export const LISTS_AT_WORK_A_WORKSPACE = 20;
/** Lists of test keys: rows and bytes of one list, days it is kept, and how many are kept at once, in addition to what the plan keeps. */
export const TEST_LIST_ROWS_MAX = 1_000;
export const TEST_LIST_FILE_MAX_BYTES = 2 * 1024 * 1024;
export const TEST_LIST_RETENTION_DAYS = 1;
export const TEST_LISTS_A_WORKSPACE = 10;
/** The pages warn when this share of the plan's storage is used. */
export const STORAGE_WARNING_SHARE = 0.8;
/** One part of a resumable upload. */
export const UPLOAD_PART_BYTES = 4 * 1024 * 1024;
/** An upload without a new part for this long is abandoned. */
export const UPLOAD_ABANDONED_AFTER_MS = 24 * 3_600_000;
/** Files up to this size are read alongside larger ones, without waiting for them. */
export const SMALL_FILE_MAX_BYTES = 1024 * 1024;
/** Files read at once in one worker process. */
export const SMALL_FILES_AT_ONCE = 2;
export const LARGE_FILES_AT_ONCE = 1;
/** A JSON batch: addresses, size of its body, and length of the client's own reference for an address. */
export const BATCH_MAX_EMAILS = 1_000;
export const BATCH_BODY_MAX_BYTES = 2 * 1024 * 1024;
export const BATCH_REF_MAX_CHARS = 255;
/** Headers that the client of a callback in another service's format wants sent along. */
export const CALLBACK_HEADERS_MAX = 20;
export const CALLBACK_HEADERS_MAX_BYTES = 4_096;
/** What the client of a callback wants repeated in each post, as JSON. With it, no row's post exceeds the size of a webhook's body. */
export const CALLBACK_EXTRA_MAX_BYTES = 4_096;
/** Addresses of a list whose callback gets a post for each of them. */
export const CALLBACK_ROWS_MAX = 100_000;
/** Such posts of one list that are due at the same time, and those that may wait to be repeated before further rows wait for them. */
export const CALLBACK_ROWS_AT_ONCE = 2;
export const CALLBACK_ROWS_WAITING_MAX = 100;
/** Such posts that one transaction stores or ends, apart from those stored with their verdicts. */
export const CALLBACK_ROWS_BATCH = 500;
/** How many callbacks the webhooks page shows, newest first. */
export const CALLBACKS_SHOWN = 50;
/** A form in another service's format. It is read whole, because some of their clients send fields after the file. */
export const COMPAT_FORM_MAX_BYTES = 16 * 1024 * 1024;
/** How long to wait for a check if the client names no time. Some of those services' clients hang up after 30 seconds. */
export const COMPAT_TIMEOUT_DEFAULT_MS = 20_000;
/** How long a repeated question finds the check that was not ready in time. */
export const COMPAT_SAME_QUESTION_MS = 5 * 60_000;
/** Addresses in one call that waits for all of them, rows on a page of results, and how long a call may wait for several addresses. */
export const COMPAT_AT_ONCE_MAX = 100;
export const COMPAT_PAGE_ROWS_MAX = 1_000;
export const COMPAT_BATCH_WAIT_MS = 70_000;
/** A list with at most this many addresses has its rows in the answer itself. */
export const COMPAT_INLINE_ROWS_MAX = 1_000;
/** A form with a file: bytes around the file, and bytes of one field. */
export const UPLOAD_FORM_EXTRA_BYTES = 64 * 1024;
export const UPLOAD_FIELD_MAX_BYTES = 8 * 1024;
export const LIST_RETENTION_DAYS = { min: 1, max: 90, default: 30 } as const;
/** Days before its rows are deleted when a list's creator is told. Lists kept no longer than that get the notice at half their time. */
export const EXPIRY_NOTICE_DAYS = 3;
/** However late the notice was sent, the rows stay at least this much longer. */
export const EXPIRY_NOTICE_MIN_HOURS = 12;
/** Rows of a list that one statement deletes, and how long a turn lasts before other lists get theirs. */
export const PURGE_BATCH_ROWS = 5_000;
export const PURGE_TURN_MS = 10_000;
/** Deleting a list with at least this many rows requires typing its name. */
export const TYPE_NAME_FROM_ROWS = 1_000;
/** Addresses in one chunk of work, and how long a chunk of the main lane keeps its slot. */
export const CHUNK_MAX_ADDRESSES = 500;
export const CHUNK_SLICE_MS = 15_000;
/** Progress notifications of a list per second. */
export const LIST_NOTICES_A_SECOND = 4;
/** How long after a list paused for credits the mail is sent, if the list still waits; and the maximum while credits are on their way. */
export const LIST_PAUSE_MAIL_AFTER_MS = 20_000;
export const LIST_PAUSE_MAIL_WAITS_MAX_MS = 10 * 60_000;
/** How many lists waiting for credits the purchase pages name. */
export const WAITING_LISTS_SHOWN = 3;
/** Length of a search in a list's results. */
export const SEARCH_MAX_CHARS = 254;
/** Size of the cells shown next to a row's verdict in a table or an API page. Longer cells are in the row and in the download. */
export const RESULT_CELLS_MAX_CHARS = 16_384;
/** A cursor holds at most an address. */
export const CURSOR_MAX_CHARS = 4_096;
/** How many other rows with the same address a row names, and how many domains and providers a list's page names. */
export const DUPLICATES_SHOWN = 100;
export const DEAD_DOMAINS_SHOWN = 8;
export const PROVIDERS_SHOWN = 8;
/** How many providers the filter of a list offers. */
export const PROVIDERS_OFFERED = 50;
/** The dead domains of a running list are recounted at most this often. */
export const DEAD_DOMAINS_EVERY_MS = 10_000;
/** Exports: rows and bytes of cells read at a time, and concurrent exports of one workspace in a process. */
export const EXPORT_WINDOW_ROWS = 2_000;
export const EXPORT_WINDOW_MAX_BYTES = 4 * 1024 * 1024;
export const EXPORTS_AT_ONCE_A_WORKSPACE = 5;
/** An export ends after this long, however slowly the client reads. */
export const EXPORT_MAX_AGE_MS = 2 * 3_600_000;
/** Excel's limits: rows per sheet and characters per cell. And the bytes of a sheet's markup, below the 4 GB of a plain ZIP. */
export const XLSX_SHEET_MAX_ROWS = 1_048_576;
export const XLSX_CELL_MAX_CHARS = 32_767;
export const XLSX_SHEET_MAX_BYTES = 3 * 1024 * 1024 * 1024;
/** How long a download link works. */
export const DOWNLOAD_LINK_TTL_S = 15 * 60;

/** Webhooks. */
export const WEBHOOKS_A_WORKSPACE = 20;
export const WEBHOOK_URL_MAX_CHARS = 2_048;
export const WEBHOOK_DESCRIPTION_MAX_CHARS = 200;
export const WEBHOOK_BODY_MAX_BYTES = 20 * 1_024;
/** A whole attempt, from looking up the name to the end of the response. */
export const WEBHOOK_TIMEOUT_MS = 15_000;
/** How much of a response is read, and how much of it is kept. */
export const WEBHOOK_ANSWER_MAX_BYTES = 64 * 1_024;
export const WEBHOOK_ANSWER_KEPT_BYTES = 1_024;
/** Attempts kept with a delivery. */
export const WEBHOOK_HISTORY_MAX = 20;
/** How long a replaced secret still signs deliveries. */
export const WEBHOOK_OLD_SECRET_TTL_MS = 24 * 3_600_000;
/** An endpoint is switched off after only failures for this long, and at least this many. */
export const WEBHOOK_FAILING_MAX_MS = 5 * 24 * 3_600_000;
export const WEBHOOK_FAILURES_MIN = 10;
export const WEBHOOK_KEEP_DAYS = 30;
/** A running list reports progress each time another one of this many equal parts of its rows is done, but at most once in this time. */
export const LIST_PROGRESS_SHARES = 20;
export const LIST_PROGRESS_EVERY_MS = 10_000;

/** How long an agent waits for one verdict unless it sets another time, and the maximum for any call. */
export const MCP_TIMEOUT_MS = 20_000;
export const MCP_CALL_MAX_MS = 60_000;

/** Checks that `verify --hosted` has under way at once. */
export const CLI_HOSTED_CONCURRENCY = { default: 8, max: 50 };

/** Size that the form widget adds to a page, compressed. */
export const WIDGET_GZIP_MAX_BYTES = 6_000;
/**
 * What a first visit downloads before the landing page is interactive, in transferred bytes: all scripts, and the one preloaded font.
 * React and Next account for 118 kB of the scripts (docs/measurements.md); the bound keeps our own part from growing.
 */
export const LANDING_SCRIPTS_MAX_BYTES = 130_000;
export const PRELOADED_FONT_MAX_BYTES = 20_000;

/** Running lists: concurrent chunks in one worker process. One list never takes the last two slots. */
export const BULK_SLOTS = 8;
export const BULK_SLOTS_LEFT_TO_OTHERS = 2;
/** The share of all slots that slow hosts may take. */
export const SLOW_LANE_SHARE = 1 / 4;
/** Concurrent chunks for the same mail hosts in one worker process. */
export const HOST_CHUNKS_AT_ONCE = 2;
/** Addresses of lists that one process checks at once. */
export const BULK_ADDRESSES_AT_ONCE = 4_000;
/** Results are written once there are this many, or after this long. */
export const BATCH_MAX_ROWS = 500;
export const BATCH_EVERY_MS = 300;
/** A turn of the lists. After it, the slot goes back to the queue, so that the next waiting list gets it. */
export const BULK_TURN_MS = 2_000;
/** Rows that wait for the next hour of a domain or mail host return spread over this time instead of all at once. */
export const NEXT_HOUR_SPREAD_MS = 5 * 60_000;
/** Planning: domains and roughly how many rows at a time, concurrent lookups and their timeout, and how long a turn lasts. */
export const PLAN_PAGE_DOMAINS = 2_000;
export const PLAN_PAGE_ROWS = 5_000;
export const PLAN_LOOKUPS_AT_ONCE = 200;
export const PLAN_LOOKUP_MS = 1_500;
export const PLAN_TURN_MS = 15_000;
/** How many rows may wait for more rows of their host to fill a chunk. Hosts with fewer rows than the minimum share chunks. */
export const PLAN_WAITING_ROWS_MAX = 20_000;
export const PLAN_OWN_CHUNK_MIN_ROWS = CHUNK_MAX_ADDRESSES / 2;
/** Attempts count IPv6 clients by the network size that a provider assigns to one customer. */
export const ATTEMPT_IPV6_PREFIX_BITS = 56;

/**
 * The status page: time between samples, days shown and kept, the samples (a day of them) from which an uptime is claimed, and the
 * addresses that a provider's share needs to hide each customer.
 */
export const STATUS_SAMPLE_EVERY_S = 300;
export const STATUS_DAYS = 90;
export const STATUS_UPTIME_MIN_SAMPLES = 86_400 / STATUS_SAMPLE_EVERY_S;
export const STATUS_PROVIDER_MIN_ADDRESSES = 20;
/** A check or webhook that waits this long past its time counts as degraded, then as failed. A slower database counts as degraded. */
export const STATUS_WAIT_DEGRADED_S = 60;
export const STATUS_WAIT_FAILED_S = 600;
export const STATUS_DATABASE_SLOW_MS = 500;
export const STATUS_WEB_TIMEOUT_MS = 5_000;
/** If this many mail hosts are unreachable and none answered, connections to port 25 don't get out. */
export const STATUS_PORT_25_DOUBT = 10;
