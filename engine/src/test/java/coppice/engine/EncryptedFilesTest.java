package coppice.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.Compression;
import coppice.api.Coppice;
import coppice.api.Database;
import coppice.api.Options;
import coppice.api.structure.Dict;
import coppice.api.structure.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nothing of encrypted values is in the files of a database.
class EncryptedFilesTest {
    private static final String PASSPHRASE = "the passphrase itself";

    /// Not compressed, as what is compressed would not be found.
    private static final Options OPTIONS = Options.defaults().with(Compression.NONE);

    @TempDir
    Path directory;

    private Database open() {
        return Coppice.open(directory.toString(), OPTIONS);
    }

    private boolean isInAFile(String text) throws IOException {
        List<Path> files;
        try (var all = Files.walk(directory)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        assertThat(files).isNotEmpty();
        for (Path file : files) {
            if (new String(Files.readAllBytes(file), ISO_8859_1).contains(text)) {
                return true;
            }
        }
        return false;
    }

    @Test
    void valuesAndSecretsAreInNoFileAndKeysAre() throws IOException {
        Secret secret = Secret.passphrase(PASSPHRASE.toCharArray());
        try (Database db = open()) {
            db.dict("plain").put("key", "seen in the journal");
            Dict<Object> hidden = db.dict("hidden", secret);
            hidden.put("visible key", "hidden value");
            hidden.put("visible key", "hidden value of old");
            hidden.put("for a time", "hidden for a time", Duration.ofDays(1));
            hidden.compute("computed", _ -> Optional.of("hidden and computed"));
            hidden.batched(batch -> batch.put("batched", "hidden in a batch"));
            assertThat(isInAFile("seen in the journal")).isTrue();
            assertThat(isInAFile("visible key")).isTrue();
            assertThat(isInAFile("hidden ")).isFalse();
            db.commit("first");
            hidden.encryption().rotateKey();
            hidden.encryption().reencrypt();
            hidden.encryption().changeSecret(Secret.passphrase("another passphrase".toCharArray()));
            db.commit("second");
            db.checkpoint();
            db.gc();
        }
        assertThat(isInAFile("seen in the journal")).isTrue();
        assertThat(isInAFile("visible key")).isTrue();
        assertThat(isInAFile("hidden ")).isFalse();
        assertThat(isInAFile(PASSPHRASE)).isFalse();
        assertThat(isInAFile("another passphrase")).isFalse();
    }

    @Test
    void failuresAndFiguresTellNothingOfThem() {
        try (Database db = open()) {
            Dict<Object> hidden = db.dict("hidden", Secret.passphrase(PASSPHRASE.toCharArray()));
            hidden.put("k", "hidden value");
            assertThat(db.stats().toString()).doesNotContain("hidden value", PASSPHRASE);
            assertThat(hidden.encryption() + " " + hidden).doesNotContain("hidden value", PASSPHRASE);
        }
    }
}
