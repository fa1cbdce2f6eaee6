package dev.emailverifier;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** A file to upload. A path or bytes can be sent again when a connection breaks; a stream can't. */
public final class FileSource {
    interface Opener {
        InputStream open() throws IOException;
    }

    final String name;
    final OptionalLong size;
    final Opener opener;
    final boolean canReplay;

    private FileSource(String name, OptionalLong size, Opener opener, boolean canReplay) {
        this.name = name;
        this.size = size;
        this.opener = opener;
        this.canReplay = canReplay;
    }

    /** The file is read while it is sent. */
    public static FileSource of(Path path) throws IOException {
        return new FileSource(path.getFileName().toString(), OptionalLong.of(Files.size(path)), () -> Files.newInputStream(path), true);
    }

    public static FileSource of(String name, byte[] bytes) {
        return new FileSource(name, OptionalLong.of(bytes.length), () -> new ByteArrayInputStream(bytes), true);
    }

    public static FileSource of(String name, InputStream stream) {
        return new FileSource(name, OptionalLong.empty(), () -> stream, false);
    }
}
