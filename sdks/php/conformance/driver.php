<?php
// Reads one case a line, runs it with the SDK, and writes its result.
declare(strict_types=1);

use EmailVerifier\Client;
use EmailVerifier\Exception\ApiException;
use EmailVerifier\Exception\ListException;
use EmailVerifier\Model\EmailList;
use EmailVerifier\Webhooks;

error_reporting(E_ALL);
set_error_handler(static fn (int $level, string $text, string $file, int $line) => throw new ErrorException($text, 0, $level, $file, $line));
spl_autoload_register(static function (string $class): void {
    $path = __DIR__ . '/../src/' . strtr(substr($class, strlen('EmailVerifier\\')), '\\', '/') . '.php';
    if (is_file($path)) {
        require $path;
    }
});

function camel(string $name): string
{
    return lcfirst(str_replace('_', '', ucwords($name, '_')));
}

/** Arguments by their PHP names, without those for the driver itself. */
function named(array $args, string ...$without): array
{
    $own = array_flip(['path', 'text', 'take', 'interval_ms', 'timeout_ms', 'until', ...$without]);
    $named = [];
    foreach (array_diff_key($args, $own) as $name => $value) {
        $named[camel($name)] = $value;
    }
    return $named;
}

function waiting(array $args): array
{
    $ms = ['timeout' => $args['timeout_ms'] ?? null, 'interval' => $args['interval_ms'] ?? null];
    return array_map(static fn (int $one): float => $one / 1000, array_filter($ms, static fn (?int $one): bool => $one !== null));
}

function collect(iterable $pages, array $args): array
{
    $items = [];
    foreach ($pages as $item) {
        $items[] = $item;
        if (count($items) === ($args['take'] ?? 0)) {
            break;
        }
    }
    return $items;
}

function fileOf(array $args): mixed
{
    if (isset($args['path'])) {
        return $args['path'];
    }
    $file = fopen('php://temp', 'w+b');
    fwrite($file, $args['text']);
    rewind($file);
    return $file;
}

function create(Client $client, array $args): array
{
    $sent = [];
    $total = null;
    $tell = static function (int $bytes, ?int $all) use (&$sent, &$total): void {
        $sent[] = $bytes;
        $total = $all;
    };
    $list = $client->lists->create(fileOf($args), ...named($args), ...['onUploadProgress' => $tell]);
    $growing = array_unique($sent);
    sort($growing);
    $upload = ['last_sent' => end($sent), 'last_total' => $total, 'is_growing' => $growing === $sent, 'is_often' => count($sent) >= 10];
    return plain($list) + ['upload' => $upload];
}

function verifyList(Client $client, array $args): array
{
    $told = [];
    $tell = static function (EmailList $list) use (&$told): void {
        $told[] = $list->progress->processed;
    };
    $done = $client->lists->verify(fileOf($args), ...waiting($args), ...['onProgress' => $tell], ...named($args));
    return ['list' => $done->list, 'told' => $told, 'rows' => collect($done->rows, [])];
}

function waitForList(Client $client, array $args): array
{
    $told = [];
    $tell = static function (EmailList $list) use (&$told): void {
        $told[] = $list->progress->processed;
    };
    $list = $client->lists->wait($args['id'], ($args['until'] ?? '') === 'ready', ...waiting($args), ...['onProgress' => $tell]);
    return plain($list) + ['told' => $told];
}

function download(Client $client, array $args): array
{
    $text = '';
    $take = static function (string $chunk) use (&$text): void {
        $text .= $chunk;
    };
    $client->lists->download($args['id'], $take, ...named($args, 'id'));
    return ['text' => $text];
}

$operations = [
    'verify' => static fn (Client $c, array $a) => $c->verify(...array_combine(array_map('camel', array_keys($a)), $a)),
    'verify_batch' => static fn (Client $c, array $a) => $c->verifyBatch(...named($a)),
    'verifications.get' => static fn (Client $c, array $a) => $c->verifications->get($a['id']),
    'verifications.list' => static fn (Client $c, array $a) => collect($c->verifications->list(...named($a)), $a),
    'verifications.wait' => static fn (Client $c, array $a) => $c->verifications->wait($a['id'], ...waiting($a)),
    'lists.create' => create(...),
    'lists.list' => static fn (Client $c, array $a) => collect($c->lists->list(...named($a)), $a),
    'lists.get' => static fn (Client $c, array $a) => $c->lists->get($a['id']),
    'lists.update' => static fn (Client $c, array $a) => $c->lists->update(...named($a)),
    'lists.delete' => static fn (Client $c, array $a) => $c->lists->delete($a['id']),
    'lists.start' => static fn (Client $c, array $a) => $c->lists->start(...named($a)),
    'lists.pause' => static fn (Client $c, array $a) => $c->lists->pause($a['id']),
    'lists.resume' => static fn (Client $c, array $a) => $c->lists->resume(...named($a)),
    'lists.cancel' => static fn (Client $c, array $a) => $c->lists->cancel($a['id']),
    'lists.retry_unknowns' => static fn (Client $c, array $a) => $c->lists->retryUnknowns(...named($a)),
    'lists.results' => static fn (Client $c, array $a) => collect($c->lists->results(...named($a)), $a),
    'lists.download' => download(...),
    'lists.wait' => waitForList(...),
    'lists.verify' => verifyList(...),
    'credits.get' => static fn (Client $c) => $c->credits->get(),
    'credits.ledger' => static fn (Client $c, array $a) => collect($c->credits->ledger(...named($a)), $a),
    'usage' => static fn (Client $c, array $a) => $c->usage(...named($a)),
    'feedback.report' => static fn (Client $c, array $a) => $c->feedback->report(...named($a)),
    'feedback.report_many' => static fn (Client $c, array $a) => $c->feedback->reportMany($a['items']),
    'reasons.list' => static fn (Client $c) => $c->reasons(),
    'domains.get' => static fn (Client $c, array $a) => $c->domain($a['domain']),
    'openapi' => static fn (Client $c) => $c->openapi(),
    'keys.create' => static fn (Client $c, array $a) => $c->keys->create(...named($a)),
    'keys.list' => static fn (Client $c) => $c->keys->list(),
    'keys.get' => static fn (Client $c, array $a) => $c->keys->get($a['id']),
    'keys.update' => static fn (Client $c, array $a) => $c->keys->update($a['id'], array_diff_key($a, ['id' => true])),
    'keys.revoke' => static fn (Client $c, array $a) => $c->keys->revoke($a['id']),
    'keys.rotate' => static fn (Client $c, array $a) => $c->keys->rotate(...named($a)),
    'webhooks.create' => static fn (Client $c, array $a) => $c->webhooks->create(...named($a)),
    'webhooks.list' => static fn (Client $c) => $c->webhooks->list(),
    'webhooks.get' => static fn (Client $c, array $a) => $c->webhooks->get($a['id']),
    'webhooks.update' => static fn (Client $c, array $a) => $c->webhooks->update(...named($a)),
    'webhooks.delete' => static fn (Client $c, array $a) => $c->webhooks->delete($a['id']),
    'webhooks.rotate_secret' => static fn (Client $c, array $a) => $c->webhooks->rotateSecret($a['id']),
    'webhooks.test' => static fn (Client $c, array $a) => $c->webhooks->test($a['id'], $a['event']),
    'webhooks.deliveries' => static fn (Client $c, array $a) => collect($c->webhooks->deliveries(...named($a)), $a),
    'webhooks.replay' => static fn (Client $c, array $a) => $c->webhooks->replay($a['id'], $a['delivery_id']),
    'webhooks.unwrap' => static fn (Client $c, array $a) => Webhooks::unwrap($a['payload'], $a['headers'], $a['secret']),
];

/** The value with its JSON names. */
function plain(mixed $value): mixed
{
    if ($value instanceof EmailVerifier\Model\Model) {
        $fields = [];
        foreach (get_object_vars($value) as $name => $field) {
            $fields[strtolower(preg_replace('/[A-Z]/', '_$0', $name))] = plain($field);
        }
        return $fields;
    }
    return is_array($value) ? array_map('plain', $value) : $value;
}

/** `RateLimitException` → `rate_limit`. */
function failure(Throwable $error): array
{
    $name = preg_replace('/Exception$/', '', (new ReflectionClass($error))->getShortName());
    $told = ['type' => strtolower(preg_replace('/(?<=[a-z])[A-Z]/', '_$0', $name)), 'message' => $error->getMessage()];
    if ($error instanceof ApiException) {
        $told += ['status' => $error->status, 'request_id' => $error->requestId, 'retry_after_s' => $error->retryAfter];
        $told += ['code' => $error->errorCode, 'fields' => (object) $error->fields];
    }
    return $error instanceof ListException ? $told + ['code' => $error->errorCode] : $told;
}

function makeClient(array $options): Client
{
    foreach (['timeout', 'total_timeout'] as $name) {
        if (isset($options["{$name}_ms"])) {
            $options[$name] = $options["{$name}_ms"] / 1000;
            unset($options["{$name}_ms"]);
        }
    }
    return new Client(...array_combine(array_map('camel', array_keys($options)), $options));
}

while (($line = fgets(STDIN)) !== false) {
    $call = json_decode($line, true);
    try {
        $result = ['value' => plain($operations[$call['op']](makeClient($call['client']), $call['args']))];
    } catch (Throwable $error) {
        $result = ['error' => failure($error)];
    }
    echo json_encode($result, JSON_UNESCAPED_UNICODE | JSON_PRESERVE_ZERO_FRACTION | JSON_THROW_ON_ERROR), "\n";
}
