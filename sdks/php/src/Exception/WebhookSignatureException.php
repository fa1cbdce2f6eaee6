<?php
declare(strict_types=1);

namespace EmailVerifier\Exception;

/** A webhook that we did not send, that was changed in transit, or that is too old. */
class WebhookSignatureException extends EmailVerifierException
{
}
