<?php
declare(strict_types=1);

namespace EmailVerifier\Exception;

/** The API could not be reached, or the connection broke. */
class ConnectionException extends EmailVerifierException
{
}
