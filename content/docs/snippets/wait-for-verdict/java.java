import dev.emailverifier.EmailVerifier;
import dev.emailverifier.VerifyParams;
import dev.emailverifier.Wait;
import dev.emailverifier.model.Status;
import dev.emailverifier.model.Verification;

class Example {
    public static void main(String[] args) {
        EmailVerifier client = EmailVerifier.fromEnv();
        Verification answer = client.verify("pending-then-deliverable@example.com", new VerifyParams().timeoutMs(500));
        System.out.println(answer.status());
        if (answer.status().equals(Status.PENDING)) answer = client.verifications().waitFor(answer.id(), new Wait());
        System.out.println(answer.status() + " " + answer.reason());
    }
}
