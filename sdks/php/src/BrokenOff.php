<?php
declare(strict_types=1);

namespace EmailVerifier;

use EmailVerifier\Exception\ConnectionException;

/**
 * A stream that broke off when part of it was handed over already: it can't be begun again.
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
