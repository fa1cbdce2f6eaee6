<?php
declare(strict_types=1);

namespace EmailVerifier;

use EmailVerifier\Model\Feedback;

/** Reports what happened to mail sent to checked addresses. Reporting the same outcome again changes nothing. */
final class FeedbackReports
{
    /** @internal */
    public function __construct(private readonly Transport $transport)
    {
    }

    /** `outcome`: delivered, hard_bounce, soft_bounce or complaint. Give an email address or a verification's id. */
    public function report(string $outcome, ?string $email = null, ?string $verificationId = null, string|int|null $smtpCode = null): Feedback
    {
        $json = ['email' => $email, 'verification_id' => $verificationId, 'outcome' => $outcome, 'smtp_code' => $smtpCode];
        $given = array_filter($json, static fn (mixed $value): bool => $value !== null);
        return $this->transport->one(Feedback::class, new Call('POST', '/v1/feedback', json: $given, spends: true));
    }

    /**
     * The answers are in the order of the outcomes; one that was not accepted has `error`.
     *
     * @param list<array{email?: string, verification_id?: string, outcome: string, smtp_code?: string|int}> $outcomes
     * @return list<Feedback>
     */
    public function reportMany(array $outcomes): array
    {
        return $this->transport->page(Feedback::class, new Call('POST', '/v1/feedback', json: $outcomes, spends: true))[0];
    }
}
