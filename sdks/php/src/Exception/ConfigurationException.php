<?php
declare(strict_types=1);

namespace EmailVerifier\Exception;

/** The client's settings are invalid. */
class ConfigurationException extends EmailVerifierException
{
}
