<?php
declare(strict_types=1);

namespace EmailVerifier\Exception;

/** 401. */
class AuthenticationException extends ApiException
{
}
