import dev.emailverifier.Webhooks;
import dev.emailverifier.model.WebhookEvent;

class Example {
    public static void main(String[] args) throws Exception {
        // Read as in CGI. In a servlet, use the body as bytes and request::getHeader.
        byte[] body = System.in.readAllBytes();

        WebhookEvent event = Webhooks.unwrap(body, Example::header, System.getenv("WEBHOOK_SECRET"));
        System.out.println(event.event() + " " + event.data().get("list_id"));
    }

    static String header(String name) {
        return System.getenv("HTTP_" + name.toUpperCase().replace('-', '_'));
    }
}
