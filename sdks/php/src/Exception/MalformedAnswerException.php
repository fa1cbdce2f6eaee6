<?php
declare(strict_types=1);

namespace EmailVerifier\Exception;

/** An answer that is not in the API's format, most often from a proxy in between. */
class MalformedAnswerException extends ApiException
{
}
