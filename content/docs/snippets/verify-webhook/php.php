<?php
require 'vendor/autoload.php';

// On a web server the body is php://input, and the headers are in $_SERVER.
$body = file_get_contents(PHP_SAPI === 'cli' ? 'php://stdin' : 'php://input');

$event = EmailVerifier\Webhooks::unwrap($body, $_SERVER, getenv('WEBHOOK_SECRET'));
echo $event->event, ' ', $event->data['list_id'], "\n";
