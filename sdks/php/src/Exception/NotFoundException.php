<?php
declare(strict_types=1);

namespace EmailVerifier\Exception;

/** 404. */
class NotFoundException extends ApiException
{
}
