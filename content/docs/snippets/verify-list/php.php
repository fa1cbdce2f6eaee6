<?php
require 'vendor/autoload.php';

$client = new EmailVerifier\Client();
$done = $client->lists->verify(
    'customers.csv',
    onProgress: fn ($list) => fprintf(STDERR, "%d of %d\n", $list->progress->processed, $list->progress->total),
);
foreach ($done->rows as $row) {
    echo $row->email, ' ', $row->status, ' ', $row->reason, "\n";
}
echo $done->list->id, ' ', $done->list->status, "\n";
