<?php
declare(strict_types=1);

namespace EmailVerifier\Exception;

/** An answer that is not what the API promises: most often of something between us and it. */
class MalformedAnswerException extends ApiException
{
}
