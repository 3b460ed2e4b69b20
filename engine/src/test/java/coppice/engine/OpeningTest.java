package coppice.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.api.Compression;
import coppice.api.Coppice;
import coppice.api.Database;
import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.Options;
import coppice.engine.exchange.Construction;
import coppice.kernel.bytes.Bytes;
import coppice.kernel.bytes.Crc;
import coppice.kernel.bytes.Hash;
import coppice.kernel.platform.LocalDisk;
import coppice.kernel.store.Manifest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpeningTest {
    @TempDir
    Path directory;

    @Test
    void createsWhatIsMissingUnlessToldNotTo() throws IOException {
        Path place = directory.resolve("a/b");
        refused(ErrorCode.NO_DATABASE, () -> open(place, Options.defaults().mustExist()));
        assertThat(Files.exists(place)).isFalse();
        open(place, Options.defaults()).close();
        open(place, Options.defaults().mustExist()).close();
    }

    @Test
    void touchesNothingWhereSomethingElseLives() throws IOException {
        Path file = Files.writeString(directory.resolve("letter.txt"), "dear");
        refused(ErrorCode.NOT_A_DATABASE, () -> open(directory, Options.defaults()));
        refused(ErrorCode.NOT_A_DATABASE, () -> open(file, Options.defaults()));
        assertThat(file).hasContent("dear");
        try (var names = Files.list(directory)) {
            assertThat(names).containsExactly(file);
        }
    }

    @Test
    void anOpeningThatChangesNothingWritesNothing() throws IOException {
        try (Database db = open(directory, Options.defaults())) {
            db.main().space("s").put("a", "1");
            db.commit("one");
            db.main().space("s").put("a", "2");
        }
        Map<String, String> before = contents();
        try (Database db = open(directory, Options.defaults())) {
            assertThat(db.main().space("s").get("a".getBytes(StandardCharsets.UTF_8)))
                    .isPresent();
        }
        assertThat(contents()).isEqualTo(before);
        try (Database db = open(directory, Options.defaults())) {
            db.main().space("s").put("a", "3");
        }
        assertThat(contents()).isNotEqualTo(before);
        open(directory, Options.defaults().with(Compression.NONE)).close();
        assertThat(Manifest.read(LocalDisk.at(directory), "").compression())
                .isEqualTo(coppice.kernel.store.Compression.none());
    }

    @Test
    void aCloneIsWrittenOnceAndWhatItsMakingLeftIsTidiedUp() throws IOException {
        Path from = directory.resolve("from");
        Path to = directory.resolve("to");
        open(from, Options.defaults()).close();
        Coppice.clone(from.toString(), to.toString()).close();
        assertThat(Manifest.read(LocalDisk.at(to), "").generation()).isEqualTo(1);
        assertThat(to.resolve(Construction.UNFINISHED)).doesNotExist();
        Path left = Files.createDirectory(to.resolve(Construction.UNFINISHED));
        Files.copy(to.resolve(Manifest.FILE), left.resolve(Manifest.FILE));
        open(to, Options.defaults()).close();
        assertThat(left).doesNotExist();
    }

    /// What is in the files of the database, but for the lock, which says who had it open.
    private Map<String, String> contents() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (var files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!file.endsWith("LOCK")) {
                    contents.put(
                            file.toString(), Hash.of(Files.readAllBytes(file)).toString());
                }
            }
        }
        return contents;
    }

    @Test
    void startsOverAfterACreationThatWasCutShort() throws IOException {
        open(directory, Options.defaults()).close();
        Files.delete(directory.resolve(Manifest.FILE));
        refused(ErrorCode.CORRUPT, () -> open(directory, Options.defaults())); // there was more than a beginning
        try (var segments = Files.list(directory.resolve("journal"))) {
            for (Path segment : segments.toList()) {
                Files.delete(segment);
            }
        }
        try (Database db = open(directory, Options.defaults())) {
            db.main().space("s").put("a", "1");
            assertThat(db.check().isSound()).isTrue();
        }
    }

    @Test
    void refusesANewerVersionAndLeavesItAlone() throws IOException {
        open(directory, Options.defaults()).close();
        Path manifest = directory.resolve(Manifest.FILE);
        byte[] bytes = Files.readAllBytes(manifest);
        Bytes.putI32(bytes, 8, Manifest.VERSION + 1);
        Bytes.putI32(bytes, bytes.length - 4, Crc.of(bytes, 0, bytes.length - 4));
        Files.write(manifest, bytes);
        refused(ErrorCode.NEWER_VERSION, () -> open(directory, Options.defaults()));
        assertThat(Files.readAllBytes(manifest)).isEqualTo(bytes);
    }

    @Test
    void isHeldByOneOpenerAtATime() {
        try (Database db = open(directory, Options.defaults())) {
            assertThatThrownBy(() -> open(directory, Options.defaults()))
                    .isInstanceOf(DatabaseException.Busy.class)
                    .hasMessageContaining("" + ProcessHandle.current().pid());
            db.main().space("s").put("a", "1");
        }
        open(directory, Options.defaults()).close();
    }

    @Test
    void namesTheProcessThatHoldsIt() throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(said.readLine()).isEqualTo("open");
            assertThatThrownBy(() -> open(directory, Options.defaults()))
                    .isInstanceOf(DatabaseException.Busy.class)
                    .hasMessageContaining(directory.toString())
                    .hasMessageContaining("" + child.pid());
        } finally {
            child.destroyForcibly().waitFor();
        }
        try (Database db = open(directory, Options.defaults())) {
            assertThat(db.main().space("s").text("held")).contains("yes");
        }
    }

    /// Opens the database, says so, and holds it until killed.
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) throws InterruptedException {
            try (Database db = Coppice.open(arguments[0])) {
                db.main().space("s").put("held", "yes");
                System.out.println("open");
                Thread.currentThread().join();
            }
        }
    }

    @Test
    void interruptsDoNotHurtTheDatabase() throws InterruptedException {
        AtomicInteger done = new AtomicInteger();
        try (Database db = open(directory, Options.defaults().withMemoryBytes(Options.MEMORY_BYTES_MIN))) {
            Thread worker = Thread.ofPlatform().start(() -> {
                while (done.get() < 300) {
                    db.main().space("s").put("k" + done.get(), "v");
                    if (done.incrementAndGet() % 50 == 0) {
                        db.commit("at " + done.get());
                        db.checkpoint();
                    }
                    boolean _ = Thread.interrupted();
                }
            });
            while (worker.isAlive()) {
                worker.interrupt();
                Thread.onSpinWait();
            }
            worker.join();
            assertThat(db.main().space("s").count()).isEqualTo(300);
            assertThat(db.check().problems()).isEmpty();
        }
        try (Database db = open(directory, Options.defaults())) {
            assertThat(db.main().space("s").count()).isEqualTo(300);
        }
    }

    private static Database open(Path place, Options options) {
        return Coppice.open(place.toString(), options);
    }

    private static void refused(ErrorCode code, Runnable opening) {
        assertThatThrownBy(opening::run)
                .isInstanceOfSatisfying(
                        DatabaseException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(code));
    }
}
