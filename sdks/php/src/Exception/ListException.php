<?php
declare(strict_types=1);

namespace EmailVerifier\Exception;

use EmailVerifier\Model\EmailList;

/** A list that did not complete: it failed, was canceled, or is paused. */
class ListException extends EmailVerifierException
{
    public function __construct(string $message, public readonly string $errorCode, public readonly EmailList $list)
    {
        parent::__construct($message);
    }
}
