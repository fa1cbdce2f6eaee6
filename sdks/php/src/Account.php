<?php
declare(strict_types=1);

namespace EmailVerifier;

use EmailVerifier\Model\Credits;
use EmailVerifier\Model\LedgerLine;

/** The workspace's credits. */
final class Account
{
    /** @internal */
    public function __construct(private readonly Transport $transport)
    {
    }

    public function get(): Credits
    {
        return $this->transport->one(Credits::class, new Call('GET', '/v1/credits'));
    }

    /** @return Pages<LedgerLine> */
    public function ledger(?string $kind = null, ?int $limit = null): Pages
    {
        return new Pages($this->transport, '/v1/credits/ledger', ['kind' => $kind, 'limit' => $limit], LedgerLine::class);
    }
}
