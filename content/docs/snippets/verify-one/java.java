import dev.emailverifier.EmailVerifier;
import dev.emailverifier.model.Verification;

class Example {
    public static void main(String[] args) {
        EmailVerifier client = EmailVerifier.fromEnv();
        Verification answer = client.verify("mailbox-not-found@example.com");
        System.out.println(answer.status() + " " + answer.reason() + " " + answer.recommendation());
    }
}
