<?php
declare(strict_types=1);

namespace EmailVerifier;

use EmailVerifier\Model\ListedVerification;
use EmailVerifier\Model\Status;
use EmailVerifier\Model\Verification;

/** Single checks. */
final class Verifications
{
    /** @internal */
    public function __construct(private readonly Transport $transport)
    {
    }

    public function get(string $id): Verification
    {
        return $this->transport->one(Verification::class, new Call('GET', '/v1/verifications/' . rawurlencode($id)));
    }

    /**
     * With `email`, lists every answer about that address, from single checks and lists.
     *
     * @return Pages<ListedVerification>
     */
    public function list(?string $email = null, ?int $limit = null): Pages
    {
        return new Pages($this->transport, '/v1/verifications', ['email' => $email, 'limit' => $limit], ListedVerification::class);
    }

    /** Waits until the verdict is final, by default for two minutes. Greylisting takes longer. */
    public function wait(string $id, ?float $timeout = 120.0, float $interval = 0.5): Verification
    {
        $look = function () use ($id): ?Verification {
            $found = $this->get($id);
            return $found->status === Status::PENDING ? null : $found;
        };
        return Polling::until($look, $timeout, $interval);
    }
}
