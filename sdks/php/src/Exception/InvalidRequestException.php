<?php
declare(strict_types=1);

namespace EmailVerifier\Exception;

/** 400, 413, 415, 422. */
class InvalidRequestException extends ApiException
{
}
