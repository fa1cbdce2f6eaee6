<?php
declare(strict_types=1);

namespace EmailVerifier;

/**
 * One API call. One that spends credits carries an Idempotency-Key, the same on each attempt, so that a retry is never charged twice; a
 * POST without one is retried only if it was refused before it began.
 *
 * @internal
 */
final class Call
{
    /** @param array<string, mixed> $query */
    public function __construct(
        public readonly string $method,
        public readonly string $path,
        public readonly array $query = [],
        public readonly ?array $json = null,
        public readonly ?Upload $upload = null,
        public readonly bool $spends = false,
        public readonly ?string $idempotencyKey = null,
    ) {
    }

    public function isRepeatable(): bool
    {
        return $this->method !== 'POST' || $this->spends;
    }
}
