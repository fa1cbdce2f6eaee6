<?php
declare(strict_types=1);

namespace EmailVerifier;

use EmailVerifier\Exception\WebhookSignatureException;
use EmailVerifier\Model\Delivery;
use EmailVerifier\Model\Webhook;
use EmailVerifier\Model\WebhookEvent;

/** Webhook endpoints, which receive events. */
final class Webhooks
{
    private const TOLERANCE_S = 300;

    /** @internal */
    public function __construct(private readonly Transport $transport)
    {
    }

    /**
     * Verifies a webhook's signature (Standard Webhooks) and returns its event. Pass the body exactly as received, and the headers as an
     * array or as `$_SERVER`. Pass several secrets while one is being replaced.
     *
     * @param array<string, mixed> $headers
     * @param string|list<string> $secret
     * @throws WebhookSignatureException
     */
    public static function unwrap(string $payload, array $headers, string|array $secret): WebhookEvent
    {
        $named = [];
        foreach ($headers as $name => $value) {
            $named[preg_replace('/^http-/', '', strtr(strtolower((string) $name), '_', '-'))] = is_array($value) ? $value[0] ?? '' : $value;
        }
        $id = $named['webhook-id'] ?? '';
        $timestamp = $named['webhook-timestamp'] ?? '';
        $signatures = $named['webhook-signature'] ?? '';
        if ($id === '' || $timestamp === '' || $signatures === '') {
            throw new WebhookSignatureException('A header of the signature is missing.');
        }
        if (!ctype_digit($timestamp) || abs(time() - (int) $timestamp) > self::TOLERANCE_S) {
            throw new WebhookSignatureException('The timestamp is too far from now.');
        }
        foreach ((array) $secret as $one) {
            $ours = self::sign($one, "$id.$timestamp.$payload");
            foreach (explode(' ', $signatures) as $word) {
                if (str_starts_with($word, 'v1,') && hash_equals($ours, substr($word, 3))) {
                    return WebhookEvent::from(json_decode($payload, true, flags: JSON_THROW_ON_ERROR));
                }
            }
        }
        throw new WebhookSignatureException('No signature is ours.');
    }

    /**
     * The response contains the secret, which is shown only once.
     *
     * @param list<string> $events
     */
    public function create(string $url, array $events, ?string $description = null): Webhook
    {
        $json = ['url' => $url, 'events' => $events] + ($description === null ? [] : ['description' => $description]);
        return $this->transport->one(Webhook::class, new Call('POST', '/v1/webhooks', json: $json));
    }

    /** @return list<Webhook> */
    public function list(): array
    {
        return $this->transport->page(Webhook::class, new Call('GET', '/v1/webhooks'))[0];
    }

    public function get(string $id): Webhook
    {
        return $this->transport->one(Webhook::class, new Call('GET', self::path($id)));
    }

    /** @param list<string>|null $events */
    public function update(string $id, ?string $url = null, ?array $events = null, ?string $description = null, ?string $state = null): Webhook
    {
        $json = array_filter(
            ['url' => $url, 'events' => $events, 'description' => $description, 'state' => $state],
            static fn (mixed $value): bool => $value !== null,
        );
        return $this->transport->one(Webhook::class, new Call('PATCH', self::path($id), json: $json));
    }

    public function delete(string $id): void
    {
        $this->transport->json(new Call('DELETE', self::path($id)));
    }

    /** The response contains the new secret, which is shown only once. For a while, the old secret signs as well. */
    public function rotateSecret(string $id): Webhook
    {
        return $this->transport->one(Webhook::class, new Call('POST', self::path($id) . '/rotate-secret'));
    }

    /** Sends a test event. */
    public function test(string $id, ?string $event = null): Delivery
    {
        $json = $event === null ? [] : ['event' => $event];
        return $this->transport->one(Delivery::class, new Call('POST', self::path($id) . '/test', json: $json));
    }

    /** @return Pages<Delivery> */
    public function deliveries(string $id, ?string $state = null, ?int $limit = null): Pages
    {
        return new Pages($this->transport, self::path($id) . '/deliveries', ['state' => $state, 'limit' => $limit], Delivery::class);
    }

    /** Delivers the same event again. */
    public function replay(string $id, string $deliveryId): Delivery
    {
        $path = self::path($id) . '/deliveries/' . rawurlencode($deliveryId) . '/replay';
        return $this->transport->one(Delivery::class, new Call('POST', $path));
    }

    private static function path(string $id): string
    {
        return '/v1/webhooks/' . rawurlencode($id);
    }

    private static function sign(string $secret, string $signed): string
    {
        $key = base64_decode(preg_replace('/^whsec_/', '', $secret));
        return base64_encode(hash_hmac('sha256', $signed, $key, true));
    }
}
