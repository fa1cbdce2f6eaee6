<?php
declare(strict_types=1);

namespace EmailVerifier;

use EmailVerifier\Exception\ListException;
use EmailVerifier\Model\EmailList;
use EmailVerifier\Model\ListRow;
use EmailVerifier\Model\ListStatus;

/** Lists of addresses that are verified together. */
final class Lists
{
    private const STANDING = [ListStatus::COMPLETED, ListStatus::CANCELLED, ListStatus::FAILED, ListStatus::EXPIRED, ListStatus::PAUSED];
    private const UNREAD = [ListStatus::UPLOADING, ListStatus::PARSING];

    /** @internal */
    public function __construct(private readonly Transport $transport)
    {
    }

    /**
     * Uploads a file and verifies it. Returns the completed list and its rows.
     *
     * @param string|resource $file a path, or a stream opened for reading
     * @param (callable(EmailList): void)|null $onProgress
     * @param mixed ...$settings by name, the settings of `create`
     */
    public function verify(mixed $file, ?float $timeout = null, float $interval = 0.5, ?callable $onProgress = null, mixed ...$settings): VerifiedList
    {
        $created = $this->create($file, ...['start' => true] + $settings);
        if ($onProgress !== null) {
            $onProgress($created);
        }
        $list = $this->wait($created->id, timeout: $timeout, interval: $interval, onProgress: $onProgress);
        if ($list->status !== ListStatus::COMPLETED) {
            $code = $list->failure?->code ?? $list->pauseReason ?? $list->status;
            throw new ListException($list->failure?->detail ?? "The list is $list->status ($code).", $code, $list);
        }
        return new VerifiedList($list, $this->results($list->id));
    }

    /**
     * Uploads a file.
     *
     * @param string|resource $file a path, or a stream opened for reading
     * @param bool|null $start whether to start verifying as soon as the file is read
     * @param string|null $mode `full` holds the most credits the list can cost; `until_empty` holds the credits you have and pauses the list when they run out
     * @param array<string, mixed>|null $metadata
     * @param string|int|null $emailColumn the column's name, or its number, counted from 1
     * @param (callable(int, ?int): void)|null $onUploadProgress called with the bytes sent, and the total if it is known
     */
    public function create(
        mixed $file,
        ?string $fileName = null,
        ?string $name = null,
        ?string $policy = null,
        ?bool $start = null,
        ?string $mode = null,
        ?int $creditCap = null,
        ?int $retentionDays = null,
        ?array $metadata = null,
        string|int|null $emailColumn = null,
        ?bool $hasHeader = null,
        ?callable $onUploadProgress = null,
        ?string $idempotencyKey = null,
    ): EmailList {
        $fields = self::given([
            'name' => $name,
            'policy' => $policy,
            'start' => $start,
            'mode' => $mode,
            'credit_cap' => $creditCap,
            'retention_days' => $retentionDays,
            'metadata' => $metadata,
            'email_column' => $emailColumn,
            'has_header' => $hasHeader,
        ]);
        $upload = new Upload($file, $fileName, $fields, $onUploadProgress);
        $call = new Call('POST', '/v1/lists', upload: $upload, spends: true, idempotencyKey: $idempotencyKey);
        return $this->transport->one(EmailList::class, $call);
    }

    /** @return Pages<EmailList> */
    public function list(?string $status = null, ?int $limit = null): Pages
    {
        return new Pages($this->transport, '/v1/lists', ['status' => $status, 'limit' => $limit], EmailList::class);
    }

    public function get(string $id): EmailList
    {
        return $this->transport->one(EmailList::class, new Call('GET', self::path($id)));
    }

    /** Changes how many days the list is kept, or which column holds the addresses. */
    public function update(string $id, ?int $retentionDays = null, string|int|null $emailColumn = null, ?bool $hasHeader = null): EmailList
    {
        $json = self::given(['retention_days' => $retentionDays, 'email_column' => $emailColumn, 'has_header' => $hasHeader]);
        return $this->transport->one(EmailList::class, new Call('PATCH', self::path($id), json: $json));
    }

    /** Deletes the list's rows. The list itself is kept, as `expired`, with its totals. */
    public function delete(string $id): EmailList
    {
        return $this->transport->one(EmailList::class, new Call('DELETE', self::path($id)));
    }

    public function start(
        string $id,
        ?string $mode = null,
        ?int $creditCap = null,
        string|int|null $emailColumn = null,
        ?bool $hasHeader = null,
        ?string $idempotencyKey = null,
    ): EmailList {
        $json = ['mode' => $mode, 'credit_cap' => $creditCap, 'email_column' => $emailColumn, 'has_header' => $hasHeader];
        return $this->spend($id, 'start', $json, $idempotencyKey);
    }

    public function resume(string $id, ?int $creditCap = null, ?string $idempotencyKey = null): EmailList
    {
        return $this->spend($id, 'resume', ['credit_cap' => $creditCap], $idempotencyKey);
    }

    public function retryUnknowns(string $id, ?string $mode = null, ?int $creditCap = null, ?string $idempotencyKey = null): EmailList
    {
        return $this->spend($id, 'retry-unknowns', ['mode' => $mode, 'credit_cap' => $creditCap], $idempotencyKey);
    }

    public function pause(string $id): EmailList
    {
        return $this->transport->one(EmailList::class, new Call('POST', self::path($id) . '/pause'));
    }

    public function cancel(string $id): EmailList
    {
        return $this->transport->one(EmailList::class, new Call('POST', self::path($id) . '/cancel'));
    }

    /**
     * The list's rows, even while the list is running.
     *
     * @return Pages<ListRow>
     */
    public function results(
        string $id,
        ?string $status = null,
        ?string $reason = null,
        ?string $segment = null,
        ?string $provider = null,
        ?string $q = null,
        ?int $limit = null,
    ): Pages {
        $query = ['status' => $status, 'reason' => $reason, 'segment' => $segment, 'provider' => $provider, 'q' => $q, 'limit' => $limit];
        return new Pages($this->transport, self::path($id) . '/results', $query, ListRow::class);
    }

    /**
     * Streams the whole list as a file to `to`, in its original columns and order.
     *
     * @param string|resource|callable(string): void $to a path, a stream opened for writing, or a callable that receives the pieces
     * @param list<string>|null $columns any of own, verdict, details
     */
    public function download(
        string $id,
        mixed $to,
        ?string $segment = null,
        ?string $format = null,
        ?array $columns = null,
        ?bool $bom = null,
        ?string $status = null,
        ?string $reason = null,
        ?string $provider = null,
        ?string $q = null,
    ): void {
        $query = ['segment' => $segment, 'format' => $format, 'columns' => $columns, 'bom' => $bom, 'status' => $status];
        $query += ['reason' => $reason, 'provider' => $provider, 'q' => $q];
        $file = is_string($to) ? fopen($to, 'wb') : $to;
        $write = is_resource($file) ? static fn (string $chunk) => fwrite($file, $chunk) : $to;
        try {
            $this->transport->stream(new Call('GET', self::path($id) . '/download', $query), $write);
        } finally {
            if (is_string($to) && is_resource($file)) {
                fclose($file);
            }
        }
    }

    /**
     * Waits until the list is completed or has stopped (paused, failed, or waiting for its column to be chosen).
     *
     * @param bool $untilReady wait only until the file is read and quoted
     * @param (callable(EmailList): void)|null $onProgress
     */
    public function wait(string $id, bool $untilReady = false, ?float $timeout = null, float $interval = 0.5, ?callable $onProgress = null): EmailList
    {
        $look = function () use ($id, $untilReady, $onProgress): ?EmailList {
            $list = $this->get($id);
            if ($onProgress !== null) {
                $onProgress($list);
            }
            $isDone = $untilReady ? !in_array($list->status, self::UNREAD, true) : self::isStanding($list);
            return $isDone ? $list : null;
        };
        return Polling::until($look, $timeout, $interval);
    }

    /** @param array<string, mixed> $settings */
    private function spend(string $id, string $move, array $settings, ?string $idempotencyKey): EmailList
    {
        $json = self::given($settings) ?: null;
        $call = new Call('POST', self::path($id) . "/$move", json: $json, spends: true, idempotencyKey: $idempotencyKey);
        return $this->transport->one(EmailList::class, $call);
    }

    private static function isStanding(EmailList $list): bool
    {
        return in_array($list->status, self::STANDING, true) || ($list->status === ListStatus::READY && $list->failure !== null);
    }

    private static function path(string $id): string
    {
        return '/v1/lists/' . rawurlencode($id);
    }

    /**
     * @param array<string, mixed> $values
     * @return array<string, mixed>
     */
    private static function given(array $values): array
    {
        return array_filter($values, static fn (mixed $value): bool => $value !== null);
    }
}
