<?php
declare(strict_types=1);

namespace EmailVerifier\Exception;

/** 429. */
class RateLimitException extends ApiException
{
}
