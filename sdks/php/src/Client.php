<?php
declare(strict_types=1);

namespace EmailVerifier;

use EmailVerifier\Model\Domain;
use EmailVerifier\Model\EmailList;
use EmailVerifier\Model\ReasonInfo;
use EmailVerifier\Model\Usage;
use EmailVerifier\Model\Verification;

/** The client for Email Verifier's API: each API call is one method. */
final class Client
{
    public readonly Verifications $verifications;
    public readonly Lists $lists;
    public readonly Account $credits;
    public readonly FeedbackReports $feedback;
    public readonly Webhooks $webhooks;
    public readonly Keys $keys;
    private readonly Transport $transport;

    /**
     * @param string|null $apiKey default: EMAIL_VERIFIER_API_KEY
     * @param string|null $baseUrl default: EMAIL_VERIFIER_BASE_URL, else a product started with `npm start` on this machine
     * @param float $timeout seconds; limits one attempt, or for an upload or download, the longest pause without data
     * @param float|null $totalTimeout seconds; limits a whole call, including retries and waits
     */
    public function __construct(
        #[\SensitiveParameter] ?string $apiKey = null,
        ?string $baseUrl = null,
        float $timeout = 60.0,
        ?float $totalTimeout = null,
        int $maxRetries = 2,
    ) {
        $this->transport = new Transport($apiKey, $baseUrl, $timeout, $totalTimeout, $maxRetries);
        $this->verifications = new Verifications($this->transport);
        $this->lists = new Lists($this->transport);
        $this->credits = new Account($this->transport);
        $this->feedback = new FeedbackReports($this->transport);
        $this->webhooks = new Webhooks($this->transport);
        $this->keys = new Keys($this->transport);
    }

    /**
     * Verifies one address. While the status is `pending`, the check is still running; `verifications->wait` returns the verdict.
     *
     * @param int|null $timeoutMs how long, in milliseconds, the API may take before it returns a pending verification
     * @param int|null $maxAgeS maximum age, in seconds, of an earlier answer to reuse; 0 asks the mail host again
     * @param array<string, mixed>|null $metadata
     */
    public function verify(
        string $email,
        ?int $timeoutMs = null,
        ?int $maxAgeS = null,
        ?string $policy = null,
        ?array $metadata = null,
        ?string $idempotencyKey = null,
    ): Verification {
        $json = ['email' => $email, 'timeout_ms' => $timeoutMs, 'max_age_s' => $maxAgeS, 'policy' => $policy, 'metadata' => $metadata];
        return $this->transport->one(Verification::class, self::spend('/v1/verify/single', $json, $idempotencyKey));
    }

    /**
     * Verifies up to 1,000 addresses as a list, which starts at once.
     *
     * @param list<string|array{email: string, ref?: string, metadata?: array<string, mixed>}> $emails
     * @param array<string, mixed>|null $metadata
     */
    public function verifyBatch(
        array $emails,
        ?string $name = null,
        ?string $policy = null,
        ?int $retentionDays = null,
        ?array $metadata = null,
        ?string $idempotencyKey = null,
    ): EmailList {
        $json = ['emails' => $emails, 'name' => $name, 'policy' => $policy, 'retention_days' => $retentionDays, 'metadata' => $metadata];
        return $this->transport->one(EmailList::class, self::spend('/v1/verify/batch', $json, $idempotencyKey));
    }

    /** Summarizes the answers in a range of days, by day, key, status or reason. */
    public function usage(?string $from = null, ?string $to = null, ?string $groupBy = null): Usage
    {
        return $this->transport->one(Usage::class, new Call('GET', '/v1/usage', ['from' => $from, 'to' => $to, 'group_by' => $groupBy]));
    }

    /** Looks up what is known about a domain. */
    public function domain(string $name): Domain
    {
        return $this->transport->one(Domain::class, new Call('GET', '/v1/domains/' . rawurlencode($name)));
    }

    /**
     * Every reason with its status, and whether it costs a credit.
     *
     * @return list<ReasonInfo>
     */
    public function reasons(): array
    {
        return $this->transport->page(ReasonInfo::class, new Call('GET', '/v1/reasons'))[0];
    }

    /**
     * The API's own description, OpenAPI 3.1.
     *
     * @return array<string, mixed>
     */
    public function openapi(): array
    {
        return $this->transport->json(new Call('GET', '/v1/openapi.json'));
    }

    /** @param array<string, mixed> $json */
    private static function spend(string $path, array $json, ?string $idempotencyKey): Call
    {
        $given = array_filter($json, static fn (mixed $value): bool => $value !== null);
        return new Call('POST', $path, json: $given, spends: true, idempotencyKey: $idempotencyKey);
    }
}
