<?php
require 'vendor/autoload.php';

use EmailVerifier\Exception\{PaymentRequiredException, RateLimitException};

$client = new EmailVerifier\Client();
try {
    $client->verify('http-402@example.com');
} catch (PaymentRequiredException $error) {
    echo $error->errorCode, ' ', $error->requestId, "\n";
} catch (RateLimitException $error) {
    echo 'again in ', $error->retryAfter, " s\n";
}
