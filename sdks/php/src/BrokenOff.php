<?php
declare(strict_types=1);

namespace EmailVerifier;

use EmailVerifier\Exception\ConnectionException;

/**
 * A stream that broke off after part of it had been handed over, so the call can't be retried.
 *
 * @internal
 */
final class BrokenOff extends \RuntimeException
{
    public function __construct(public readonly ConnectionException $error)
    {
        parent::__construct($error->getMessage());
    }
}
