import dev.emailverifier.EmailVerifier;
import dev.emailverifier.FileSource;
import dev.emailverifier.UploadParams;
import dev.emailverifier.VerifiedList;
import dev.emailverifier.Wait;
import dev.emailverifier.model.ListRow;
import java.nio.file.Path;

class Example {
    public static void main(String[] args) throws Exception {
        EmailVerifier client = EmailVerifier.fromEnv();
        VerifiedList done = client.lists().verify(FileSource.of(Path.of("customers.csv")), new UploadParams(), new Wait(),
                list -> System.err.println(list.progress().processed() + " of " + list.progress().total()));
        for (ListRow row : done.rows()) System.out.println(row.email() + " " + row.status() + " " + row.reason());
        System.out.println(done.list().id() + " " + done.list().status());
    }
}
