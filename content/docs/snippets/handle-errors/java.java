import dev.emailverifier.EmailVerifier;
import dev.emailverifier.PaymentRequiredException;
import dev.emailverifier.RateLimitException;

class Example {
    public static void main(String[] args) {
        EmailVerifier client = EmailVerifier.fromEnv();
        try {
            client.verify("http-402@example.com");
        } catch (PaymentRequiredException error) {
            System.out.println(error.code() + " " + error.requestId());
        } catch (RateLimitException error) {
            System.out.println("again in " + error.retryAfter());
        }
    }
}
