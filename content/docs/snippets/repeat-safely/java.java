import dev.emailverifier.EmailVerifier;
import dev.emailverifier.VerifyParams;
import dev.emailverifier.model.Verification;
import java.util.UUID;

class Example {
    public static void main(String[] args) {
        EmailVerifier client = EmailVerifier.fromEnv();
        VerifyParams params = new VerifyParams().idempotencyKey("signup-" + UUID.randomUUID());
        Verification first = client.verify("mailbox-exists@example.com", params);
        Verification again = client.verify("mailbox-exists@example.com", params);
        System.out.println(first.id().equals(again.id()) ? "same answer" : "done twice");
    }
}
