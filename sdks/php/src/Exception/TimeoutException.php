<?php
declare(strict_types=1);

namespace EmailVerifier\Exception;

/** No answer within the time allowed. */
class TimeoutException extends ConnectionException
{
}
