<?php
declare(strict_types=1);

namespace EmailVerifier\Exception;

/** The base class of this package's errors. */
class EmailVerifierException extends \RuntimeException
{
}
