<?php
declare(strict_types=1);

namespace EmailVerifier\Exception;

/** A webhook that is not ours, was changed on its way, or is too old. */
class WebhookSignatureException extends EmailVerifierException
{
}
