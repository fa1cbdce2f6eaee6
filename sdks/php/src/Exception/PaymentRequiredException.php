<?php
declare(strict_types=1);

namespace EmailVerifier\Exception;

/** 402: there are no credits, or the key's budget is used up. */
class PaymentRequiredException extends ApiException
{
}
