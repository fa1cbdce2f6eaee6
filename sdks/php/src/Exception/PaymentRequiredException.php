<?php
declare(strict_types=1);

namespace EmailVerifier\Exception;

/** 402: no credits, or the budget of the key is used up. */
class PaymentRequiredException extends ApiException
{
}
