<?php
require 'vendor/autoload.php';

$client = new EmailVerifier\Client();
$key = 'signup-' . bin2hex(random_bytes(16));
$first = $client->verify('mailbox-exists@example.com', idempotencyKey: $key);
$again = $client->verify('mailbox-exists@example.com', idempotencyKey: $key);
echo $first->id === $again->id ? 'same answer' : 'done twice', "\n";
