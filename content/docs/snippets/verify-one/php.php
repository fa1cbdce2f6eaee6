<?php
require 'vendor/autoload.php';

$client = new EmailVerifier\Client();
$answer = $client->verify('mailbox-not-found@example.com');
echo $answer->status, ' ', $answer->reason, ' ', $answer->recommendation, "\n";
