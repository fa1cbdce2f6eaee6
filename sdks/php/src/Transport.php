<?php
declare(strict_types=1);

namespace EmailVerifier;

use EmailVerifier\Exception\ApiException;
use EmailVerifier\Exception\ConfigurationException;
use EmailVerifier\Exception\ConnectionException;
use EmailVerifier\Exception\MalformedAnswerException;
use EmailVerifier\Exception\TimeoutException;
use EmailVerifier\Model\Model;

/**
 * Runs a call: its attempts, their time limits, and when to retry.
 *
 * @internal
 */
final class Transport
{
    private const DEFAULT_BASE_URL = 'http://localhost:3000';
    private const BACK_OFF_FIRST_S = 0.5;
    private const BACK_OFF_MAX_S = 8.0;
    /** If the API asks for a longer wait than this, the call fails instead of waiting. */
    private const RETRY_AFTER_MAX_S = 60.0;
    private const LEAST_S = 0.001;

    private readonly string $apiKey;
    private readonly string $baseUrl;
    /** The handle keeps its connection for the next call. */
    private readonly \CurlHandle $curl;

    public function __construct(
        ?string $apiKey,
        ?string $baseUrl,
        private readonly float $timeout,
        private readonly ?float $totalTimeout,
        private readonly int $maxRetries,
    ) {
        $this->apiKey = $apiKey ?? (getenv('EMAIL_VERIFIER_API_KEY') ?: '');
        if ($this->apiKey === '') {
            throw new ConfigurationException('No API key: pass apiKey, or set EMAIL_VERIFIER_API_KEY.');
        }
        if (!preg_match('/\A[\x21-\x7e]+\z/', $this->apiKey)) {
            throw new ConfigurationException('The API key has characters that no key has.');
        }
        $this->baseUrl = rtrim($baseUrl ?? (getenv('EMAIL_VERIFIER_BASE_URL') ?: self::DEFAULT_BASE_URL), '/');
        $this->curl = curl_init();
    }

    /** @return array<string, mixed> */
    public function json(Call $call): array
    {
        return $this->run($call, function (float $timeout, string $key) use ($call): array {
            $body = '';
            [$status, $headers] = $this->exchange($call, $key, $timeout, static function (string $chunk) use (&$body): void {
                $body .= $chunk;
            });
            if ($status < 200 || $status > 299) {
                throw ApiException::from($status, $headers, $body);
            }
            $value = json_decode($body, true);
            // An empty list and an empty object look the same here, and the API sends neither.
            if (!is_array($value) || array_is_list($value)) {
                throw self::malformed($status, $headers['x-request-id'] ?? null, $body);
            }
            return $value;
        });
    }

    /**
     * @template T of Model
     * @param class-string<T> $model
     * @return T
     */
    public function one(string $model, Call $call): Model
    {
        $data = $this->json($call);
        try {
            return $model::from($data);
        } catch (\TypeError $error) {
            throw self::malformed(200, null, $error->getMessage());
        }
    }

    /**
     * @template T of Model
     * @param class-string<T> $model
     * @return array{list<T>, ?string} the items, and the cursor of the next page
     */
    public function page(string $model, Call $call): array
    {
        $body = $this->json($call);
        try {
            return [array_map(static fn (array $item) => $model::from($item), $body['data'] ?? null), $body['next_cursor'] ?? null];
        } catch (\TypeError $error) {
            throw self::malformed(200, null, $error->getMessage());
        }
    }

    /** @param callable(string): void $write called with the answer's bytes as they arrive */
    public function stream(Call $call, callable $write): void
    {
        $this->run($call, function (float $timeout, string $key) use ($call, $write): void {
            $refusal = '';
            $hasBegun = false;
            $take = function (string $chunk) use (&$refusal, &$hasBegun, $write): void {
                $status = curl_getinfo($this->curl, CURLINFO_RESPONSE_CODE);
                $hasBegun = $status >= 200 && $status <= 299;
                $hasBegun ? $write($chunk) : $refusal .= $chunk;
            };
            try {
                [$status, $headers] = $this->exchange($call, $key, $timeout, $take, isStream: true);
            } catch (ConnectionException $error) {
                throw $hasBegun ? new BrokenOff($error) : $error;
            }
            if ($status < 200 || $status > 299) {
                throw ApiException::from($status, $headers, $refusal);
            }
        });
    }

    private function run(Call $call, callable $once): mixed
    {
        $key = $call->spends ? $call->idempotencyKey ?? bin2hex(random_bytes(16)) : '';
        $endsAt = $this->totalTimeout === null ? INF : self::now() + $this->totalTimeout;
        for ($retries = 0; ; $retries++) {
            try {
                return $once(max(self::LEAST_S, min($this->timeout, $endsAt - self::now())), $key);
            } catch (BrokenOff $error) {
                throw $error->error;
            } catch (ApiException | ConnectionException $error) {
                $wait = self::retryAfter($error, $retries, $call);
                if ($wait === null || $retries >= $this->maxRetries || self::now() + $wait >= $endsAt) {
                    throw $error;
                }
                usleep((int) ($wait * 1e6));
            }
        }
    }

    /**
     * @param callable(string): void $take
     * @return array{int, array<string, string>}
     */
    private function exchange(Call $call, string $key, float $timeout, callable $take, bool $isStream = false): array
    {
        $headers = [];
        curl_reset($this->curl);
        curl_setopt_array($this->curl, [
            CURLOPT_URL => $this->url($call),
            CURLOPT_CUSTOMREQUEST => $call->method,
            CURLOPT_HTTPHEADER => $this->headers($call, $key),
            CURLOPT_USERAGENT => 'email-verifier-php/' . Version::VERSION . ' (php ' . PHP_VERSION . ')',
            CURLOPT_PROTOCOLS => CURLPROTO_HTTP | CURLPROTO_HTTPS,
            CURLOPT_CONNECTTIMEOUT_MS => (int) ceil($timeout * 1000),
            CURLOPT_NOSIGNAL => true,
            CURLOPT_HEADERFUNCTION => static function ($_, string $line) use (&$headers): int {
                $parts = explode(':', $line, 2);
                if (count($parts) === 2) {
                    $headers[strtolower(trim($parts[0]))] = trim($parts[1]);
                }
                return strlen($line);
            },
            CURLOPT_WRITEFUNCTION => static function ($_, string $chunk) use ($take): int {
                $take($chunk);
                return strlen($chunk);
            },
        ]);
        $this->setBody($call);
        // For uploads and downloads, only pauses without data are limited.
        curl_setopt_array($this->curl, $isStream || $call->upload !== null
            ? [CURLOPT_LOW_SPEED_LIMIT => 1, CURLOPT_LOW_SPEED_TIME => (int) ceil($timeout)]
            : [CURLOPT_TIMEOUT_MS => (int) ceil($timeout * 1000)]);
        if (curl_exec($this->curl) === false) {
            throw $this->lost($timeout);
        }
        return [curl_getinfo($this->curl, CURLINFO_RESPONSE_CODE), $headers];
    }

    private function setBody(Call $call): void
    {
        $upload = $call->upload;
        if ($upload !== null) {
            $upload->rewind();
            curl_setopt_array($this->curl, [
                CURLOPT_UPLOAD => true,
                CURLOPT_INFILESIZE => $upload->size() ?? -1,
                CURLOPT_READFUNCTION => static fn ($_, $__, int $length): string => $upload->read($length),
            ]);
        } elseif ($call->json !== null) {
            curl_setopt($this->curl, CURLOPT_POSTFIELDS, json_encode($call->json ?: new \stdClass(), JSON_THROW_ON_ERROR));
        } elseif ($call->method === 'POST') {
            curl_setopt($this->curl, CURLOPT_POSTFIELDS, '');
        }
    }

    private function url(Call $call): string
    {
        $query = array_map(
            static fn (mixed $value): string => is_array($value) ? implode(',', $value) : (is_bool($value) ? ($value ? 'true' : 'false') : (string) $value),
            array_filter($call->query, static fn (mixed $value): bool => $value !== null),
        );
        return $this->baseUrl . $call->path . ($query === [] ? '' : '?' . http_build_query($query, '', '&', PHP_QUERY_RFC3986));
    }

    /** @return list<string> */
    private function headers(Call $call, string $key): array
    {
        $type = $call->upload !== null ? $call->upload->contentType : ($call->json !== null ? 'application/json' : '');
        return array_merge(
            // Without it, curl waits for a "100 Continue" that servers need not send.
            ["Authorization: Bearer $this->apiKey", 'Accept: application/json', 'Expect:', "Content-Type: $type"],
            $key === '' ? [] : ["Idempotency-Key: $key"],
        );
    }

    private function lost(float $timeout): ConnectionException
    {
        return curl_errno($this->curl) === CURLE_OPERATION_TIMEDOUT
            ? new TimeoutException(sprintf('No answer within %.3g s.', $timeout))
            : new ConnectionException('The API could not be reached, or the connection broke: ' . curl_error($this->curl));
    }

    /** Seconds until the next attempt, or null for none. Exponential with full jitter, unless the API names a delay. */
    private static function retryAfter(\Throwable $error, int $retries, Call $call): ?float
    {
        $backOff = lcg_value() * min(self::BACK_OFF_MAX_S, self::BACK_OFF_FIRST_S * 2 ** $retries);
        if ($error instanceof MalformedAnswerException || $call->upload?->canReplay() === false) {
            return null;
        }
        if (!$error instanceof ApiException) {
            return $call->isRepeatable() ? $backOff : null;
        }
        $wasRefusedUnread = in_array($error->status, [429, 503], true);
        // 409: an earlier attempt of this same request is still running.
        $isOursToRepeat = $error->status >= 500 || $error->errorCode === 'idempotency_in_progress';
        $isPassing = $wasRefusedUnread || ($call->isRepeatable() && $isOursToRepeat);
        return $isPassing && ($error->retryAfter ?? 0) <= self::RETRY_AFTER_MAX_S ? $error->retryAfter ?? $backOff : null;
    }

    private static function malformed(int $status, ?string $requestId, string $text): MalformedAnswerException
    {
        $message = 'The answer is not what the API promises: ' . substr($text, 0, 200);
        return new MalformedAnswerException($message, $status, 'malformed_answer', $requestId);
    }

    private static function now(): float
    {
        return hrtime(true) / 1e9;
    }
}
