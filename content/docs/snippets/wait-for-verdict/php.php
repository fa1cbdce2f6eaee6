<?php
require 'vendor/autoload.php';

use EmailVerifier\Model\Status;

$client = new EmailVerifier\Client();
$answer = $client->verify('pending-then-deliverable@example.com', timeoutMs: 500);
echo $answer->status, "\n";
if ($answer->status === Status::PENDING) {
    $answer = $client->verifications->wait($answer->id);
}
echo $answer->status, ' ', $answer->reason, "\n";
