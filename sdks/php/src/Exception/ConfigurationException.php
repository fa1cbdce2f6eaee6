<?php
declare(strict_types=1);

namespace EmailVerifier\Exception;

/** The client was made in a way that can't work. */
class ConfigurationException extends EmailVerifierException
{
}
