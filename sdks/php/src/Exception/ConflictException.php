<?php
declare(strict_types=1);

namespace EmailVerifier\Exception;

/** 409. */
class ConflictException extends ApiException
{
}
