<?php
declare(strict_types=1);

namespace EmailVerifier\Exception;

/** 403. */
class PermissionDeniedException extends ApiException
{
}
