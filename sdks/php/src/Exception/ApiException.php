<?php
declare(strict_types=1);

namespace EmailVerifier\Exception;

/** The API refused the call. `errorCode` is stable and meant for programs, the message is for people, and support asks for `requestId`. */
class ApiException extends EmailVerifierException
{
    private const BY_STATUS = [
        401 => AuthenticationException::class,
        402 => PaymentRequiredException::class,
        403 => PermissionDeniedException::class,
        404 => NotFoundException::class,
        409 => ConflictException::class,
        429 => RateLimitException::class,
    ];

    /**
     * @param float|null $retryAfter seconds to wait before retrying
     * @param array<string, string> $fields what is wrong with each field
     */
    final public function __construct(
        string $message,
        public readonly int $status,
        public readonly string $errorCode,
        public readonly ?string $requestId = null,
        public readonly ?float $retryAfter = null,
        public readonly array $fields = [],
    ) {
        parent::__construct($message, $status);
    }

    /**
     * Builds the error from an unsuccessful response, whose body may be anything.
     *
     * @param array<string, string> $headers
     */
    public static function from(int $status, array $headers, string $body): self
    {
        $problem = json_decode($body, true);
        $problem = is_array($problem) ? $problem : [];
        $type = self::BY_STATUS[$status] ?? ($status >= 500 ? ServerException::class : InvalidRequestException::class);
        return new $type(
            $problem['detail'] ?? $problem['title'] ?? "The API answered $status.",
            $status,
            $problem['code'] ?? "http_$status",
            $problem['request_id'] ?? $headers['x-request-id'] ?? null,
            self::readRetryAfter($headers['retry-after'] ?? null),
            array_column($problem['errors'] ?? [], 'detail', 'field'),
        );
    }

    /** Seconds, or a date (RFC 9110 10.2.3). */
    private static function readRetryAfter(?string $value): ?float
    {
        if ($value === null || ctype_digit($value)) {
            return $value === null ? null : (float) $value;
        }
        $at = strtotime($value);
        return $at === false ? null : max(0.0, $at - microtime(true));
    }
}
