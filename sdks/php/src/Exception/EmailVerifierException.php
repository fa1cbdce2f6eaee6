<?php
declare(strict_types=1);

namespace EmailVerifier\Exception;

/** The base of all errors of this package. */
class EmailVerifierException extends \RuntimeException
{
}
