<?php
declare(strict_types=1);

namespace EmailVerifier;

use EmailVerifier\Model\EmailList;
use EmailVerifier\Model\ListRow;

/** A completed list and its rows. */
final class VerifiedList
{
    /** @param Pages<ListRow> $rows */
    public function __construct(public readonly EmailList $list, public readonly Pages $rows)
    {
    }
}
