package coppice.engine;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.structure.BlobOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What blobs take of the disk, and what puts leave that never end.
@Timeout(60)
class BlobChunksTest extends TimedTest {
    private static final int LENGTH = 40_000_000;

    private final byte[] content = new byte[LENGTH];

    private void put(String blob, byte[] bytes) throws IOException {
        try (InputStream in = new ByteArrayInputStream(bytes)) {
            db.blobs("files").put(blob, in, BlobOptions.none());
        }
        db.commit("put " + blob);
    }

    private long stored() {
        return db.stats().chunks().bytes();
    }

    @Test
    void aByteMoreOrAnotherOneStoresOneChunkAndWhatFindsIt() throws IOException {
        new SplittableRandom(1).nextBytes(content);
        put("b", content);
        long before = stored();
        content[LENGTH / 2]++;
        put("b", content);
        assertThat(stored() - before).as("another byte").isLessThan(500_000);
        before = stored();
        byte[] longer = new byte[LENGTH + 1];
        System.arraycopy(content, 0, longer, 1, LENGTH);
        put("b", longer);
        assertThat(stored() - before).as("a byte at the beginning").isLessThan(800_000);
        before = stored();
        put("copy", longer);
        assertThat(stored() - before).as("another name").isLessThan(100_000);
        before = stored();
        put("half", Arrays.copyOf(longer, LENGTH / 2));
        assertThat(stored() - before).as("the beginning").isLessThan(500_000);
        assertThat(db.blobs("files").get("b").orElseThrow()).isEqualTo(longer);
    }

    @Test
    void whatAPutLeftThatNeverEndedGoesAfterADay() throws IOException {
        put("b", new byte[10]);
        String id = "%012x".formatted(now().toEpochMilli()) + "0".repeat(20);
        db.main().run(transaction -> {
            transaction.space("@blob/files").put("u" + id, "big");
            transaction.space("@blob/files").put("p\0\3big" + id + "\0".repeat(8), "content");
        });
        db.close();
        open();
        db.blobs("files").put("other", new byte[10]);
        housekeeping.run();
        assertThat(db.space("@blob/files").count()).isEqualTo(4);
        pass(Duration.ofDays(1).plusSeconds(1));
        housekeeping.run();
        assertThat(db.space("@blob/files").count()).isEqualTo(2);
        assertThat(db.blobs("files").count()).isEqualTo(2);
    }
}
