<?php
declare(strict_types=1);

namespace EmailVerifier;

use EmailVerifier\Exception\TimeoutException;

/** @internal */
final class Polling
{
    private const MOST_S = 5.0;

    /**
     * Polls until there is a value; each delay is half as long again as the one before.
     *
     * @template T
     * @param callable(): ?T $look
     * @return T
     */
    public static function until(callable $look, ?float $timeout, float $interval): mixed
    {
        $endsAt = $timeout === null ? INF : hrtime(true) / 1e9 + $timeout;
        for ($wait = $interval; ; $wait = min(max(self::MOST_S, $interval), $wait * 1.5)) {
            $found = $look();
            if ($found !== null) {
                return $found;
            }
            if (hrtime(true) / 1e9 + $wait >= $endsAt) {
                throw new TimeoutException("Not done within $timeout s.");
            }
            usleep((int) ($wait * 1e6));
        }
    }
}
