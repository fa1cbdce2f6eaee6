<?php
declare(strict_types=1);

namespace EmailVerifier;

use EmailVerifier\Model\ApiKey;

/** The workspace's API keys. Needs a key with the scope keys:admin, which cannot create a key with more rights than its own. */
final class Keys
{
    /** @internal */
    public function __construct(private readonly Transport $transport)
    {
    }

    /**
     * The response contains the secret in `key`, which is shown only once.
     *
     * @param list<string> $scopes
     * @param string|null $mode live (the default), test or pub
     * @param int|null $monthlyBudget credits for each calendar month
     * @param list<string>|null $allowedIps
     * @param list<string>|null $allowedOrigins
     */
    public function create(
        string $name,
        array $scopes,
        ?string $mode = null,
        ?string $expiresAt = null,
        ?int $monthlyBudget = null,
        ?array $allowedIps = null,
        ?array $allowedOrigins = null,
    ): ApiKey {
        $json = array_filter(
            [
                'name' => $name,
                'scopes' => $scopes,
                'mode' => $mode,
                'expires_at' => $expiresAt,
                'monthly_budget' => $monthlyBudget,
                'allowed_ips' => $allowedIps,
                'allowed_origins' => $allowedOrigins,
            ],
            static fn (mixed $value): bool => $value !== null,
        );
        return $this->transport->one(ApiKey::class, new Call('POST', '/v1/keys', json: $json));
    }

    /** @return list<ApiKey> */
    public function list(): array
    {
        return $this->transport->page(ApiKey::class, new Call('GET', '/v1/keys'))[0];
    }

    public function get(string $id): ApiKey
    {
        return $this->transport->one(ApiKey::class, new Call('GET', self::path($id)));
    }

    /**
     * Omitted settings stay unchanged; null removes a limit.
     *
     * @param array<string, mixed> $change by the API's own names
     */
    public function update(string $id, array $change): ApiKey
    {
        return $this->transport->one(ApiKey::class, new Call('PATCH', self::path($id), json: $change));
    }

    /** Revokes the key permanently. */
    public function revoke(string $id): ApiKey
    {
        return $this->transport->one(ApiKey::class, new Call('DELETE', self::path($id)));
    }

    /** The response contains the new secret in `key`, which is shown only once. The old secret keeps working for `$oldHours` hours (default 24). */
    public function rotate(string $id, ?int $oldHours = null): ApiKey
    {
        $json = $oldHours === null ? null : ['old_hours' => $oldHours];
        return $this->transport->one(ApiKey::class, new Call('POST', self::path($id) . '/rotate', json: $json));
    }

    private static function path(string $id): string
    {
        return '/v1/keys/' . rawurlencode($id);
    }
}
