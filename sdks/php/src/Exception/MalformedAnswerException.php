<?php
declare(strict_types=1);

namespace EmailVerifier\Exception;

/** A response that is not in the API's format, usually from a proxy in between. */
class MalformedAnswerException extends ApiException
{
}
