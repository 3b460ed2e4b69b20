package coppice.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.api.Database;
import coppice.api.DatabaseException;
import coppice.api.Options;
import coppice.api.Range;
import coppice.api.structure.BlobOptions;
import coppice.engine.storage.Machine;
import coppice.engine.storage.Sizes;
import coppice.kernel.platform.Clock;
import coppice.kernel.platform.Entropy;
import coppice.kernel.platform.ForwardingDisk;
import coppice.kernel.platform.MemoryDisk;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What others write while a long blob is put: at the moments that matter, by whoever asks the disk and the clock
/// there.
@Timeout(60)
class GraftingTest {
    private static final String MANIFEST = "MANIFEST";

    private Runnable whenManifestIsReplaced = () -> {};
    private Runnable whenTimeIsAsked = () -> {};
    private final Database db = Opening.embedded(
            new Machine(
                    new ForwardingDisk(new MemoryDisk()) {
                        @Override
                        public void rename(String from, String to) {
                            super.rename(from, to);
                            if (to.equals(MANIFEST)) {
                                whenManifestIsReplaced.run();
                            }
                        }
                    },
                    new QuietTasks(),
                    new Clock() {
                        @Override
                        public long millis() {
                            whenTimeIsAsked.run();
                            return 1_800_000_000_000L;
                        }

                        @Override
                        public long nanos() {
                            return Clock.system().nanos();
                        }
                    },
                    Entropy.secure()),
            "test",
            Options.defaults(),
            Sizes.STANDARD);

    private long manifests;

    @AfterEach
    void close() {
        db.close();
    }

    private void put(String blob) throws IOException {
        byte[] content = new byte[9_000_000];
        new SplittableRandom(blob.length()).nextBytes(content);
        db.blobs("files").put(blob, new ByteArrayInputStream(content), BlobOptions.none());
    }

    /// Another writer comes first, as often as writers may before they are kept out.
    private void writeBeforeEachMove(int times) {
        whenManifestIsReplaced = () -> {
            manifests++;
            if (manifests <= times) {
                db.counter("writes").increment();
                db.space("raw").put("k" + manifests, "v");
            }
        };
    }

    @Test
    void itIsMergedIntoWhatOthersWroteMeanwhile() throws IOException {
        writeBeforeEachMove(1);
        put("b");
        assertThat(manifests).as("tried again").isEqualTo(2);
        assertThat(db.blobs("files").verify("b")).isTrue();
        assertThat(db.counter("writes").value()).isEqualTo(1);
        assertThat(db.space("raw").count()).isEqualTo(1);
    }

    @Test
    void writersThatNeverRestAreKeptOutAtLast() throws IOException {
        writeBeforeEachMove(3);
        put("b");
        assertThat(manifests).as("three times in vain, then alone").isEqualTo(4);
        assertThat(db.blobs("files").verify("b")).isTrue();
        assertThat(db.counter("writes").value()).isEqualTo(3);
        assertThat(db.space("raw").count()).isEqualTo(3);
    }

    /// Between the parts and the row that is to name them, somebody drops all.
    @Test
    void whatIsDroppedWhileItIsPutIsNotHalfThere() throws IOException {
        db.blobs("files").put("there", new byte[] {1});
        whenTimeIsAsked = this::dropWhatIsStored;
        assertThatThrownBy(() -> put("b"))
                .isInstanceOf(DatabaseException.Conflict.class)
                .hasMessageContaining("begin again");
        assertThat(db.blobs("files").count()).isZero();
        assertThat(db.space("@blob/files").count()).isZero();
    }

    private void dropWhatIsStored() {
        whenTimeIsAsked = () -> {};
        boolean isStored = db.space("@blob/files").count() > 1;
        if (isStored) {
            db.structures().drop("files");
        } else {
            whenTimeIsAsked = this::dropWhatIsStored;
        }
    }

    @Test
    void whatIsClearedWhileItIsPutComesAfterwards() throws IOException {
        db.blobs("files").put("there", new byte[] {1});
        whenTimeIsAsked = this::clearWhenStored;
        put("b");
        assertThat(db.blobs("files").contains("there")).isFalse();
        assertThat(db.blobs("files").verify("b")).isTrue();
        try (var notes = db.space("@blob/files").entries(Range.prefix("u"))) {
            assertThat(notes).isEmpty();
        }
    }

    private void clearWhenStored() {
        whenTimeIsAsked = () -> {};
        boolean isStored = db.space("@blob/files").count() > 1;
        if (isStored) {
            db.blobs("files").clear();
        } else {
            whenTimeIsAsked = this::clearWhenStored;
        }
    }
}
