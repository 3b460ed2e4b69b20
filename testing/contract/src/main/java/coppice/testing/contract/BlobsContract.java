package coppice.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.api.Branch;
import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.Merge;
import coppice.api.MergeOutcome;
import coppice.api.feed.FeedStart;
import coppice.api.structure.BlobChange;
import coppice.api.structure.BlobInfo;
import coppice.api.structure.BlobOptions;
import coppice.api.structure.Blobs;
import coppice.api.structure.BlobsView;
import coppice.api.structure.Keys;
import coppice.api.structure.StructureFeed;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Bytes of any length by name.
@Timeout(60)
abstract class BlobsContract extends Contract {
    private Blobs files() {
        return db.blobs("files");
    }

    private static byte[] random(int seed, int length) {
        byte[] bytes = new byte[length];
        new SplittableRandom(seed).nextBytes(bytes);
        return bytes;
    }

    private static byte[] read(BlobsView blobs, String blob, long offset, long length) throws IOException {
        try (InputStream in = blobs.open(blob, offset, length)) {
            return in.readAllBytes();
        }
    }

    private static String sha256(byte[] content) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }

    private static List<String> names(Stream<BlobInfo> blobs) {
        try (blobs) {
            return blobs.map(BlobInfo::name).toList();
        }
    }

    @Test
    void contentOfAnyLengthComesBack() throws Exception {
        for (int length : new int[] {0, 1, 1_000, 262_144, 1 << 20, (1 << 20) + 1, 10_000_000}) {
            byte[] content = random(length, length);
            BlobInfo info = files().put("b" + length, new ByteArrayInputStream(content), BlobOptions.none());
            assertThat(info.size()).isEqualTo(length);
            assertThat(info.sha256()).isEqualTo(sha256(content));
            assertThat(files().find("b" + length)).contains(info);
            assertThat(files().get("b" + length).orElseThrow()).isEqualTo(content);
            assertThat(files().verify("b" + length)).isTrue();
        }
        byte[] zeros = new byte[5_000_000];
        files().put("zeros", zeros);
        reopenIfPossible();
        assertThat(files().get("zeros").orElseThrow()).isEqualTo(zeros);
        assertThat(files().count()).isEqualTo(8);
    }

    @Test
    void rangesAreRead() throws IOException {
        byte[] content = random(1, 3_000_000);
        files().put("b", content);
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 50; i++) {
            int offset = random.nextInt(content.length + 1);
            int length = random.nextInt(content.length);
            int end = Math.min(content.length, offset + length);
            assertThat(read(files(), "b", offset, length)).isEqualTo(Arrays.copyOfRange(content, offset, end));
        }
        assertThat(read(files(), "b", content.length, 10)).isEmpty();
        assertThat(read(files(), "b", Long.MAX_VALUE, Long.MAX_VALUE)).isEmpty();
        assertThat(read(files(), "b", 0, 0)).isEmpty();
        try (InputStream in = files().open("b", 5, 2)) {
            assertThat(in.read()).isEqualTo(content[5] & 0xff);
            assertThat(in.read()).isEqualTo(content[6] & 0xff);
            assertThat(in.read()).isEqualTo(-1);
        }
        assertThatThrownBy(() -> files().open("b", -1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> files().open("b", 1, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void somethingIsSaidOfBlobs() {
        BlobOptions image = BlobOptions.ofType("image/png").with("by", "ann").with("camera", "x");
        BlobInfo info = files().put("a.png", new byte[] {1, 2}, image);
        assertThat(info.mediaType()).contains("image/png");
        assertThat(info.fields()).containsEntry("by", "ann").containsEntry("camera", "x");
        assertThat(files().describe("a.png", BlobOptions.none())).isTrue();
        assertThat(files().find("a.png").orElseThrow().mediaType()).isEmpty();
        assertThat(files().find("a.png").orElseThrow().putAt()).isEqualTo(info.putAt());
        assertThat(files().get("a.png").orElseThrow()).containsExactly(1, 2);
        assertThat(files().describe("b.png", image)).isFalse();
        files().put("a.png", new byte[] {3}, image);
        assertThat(db.query("files").where("fields.by = 'ann' AND size = 1").count())
                .isEqualTo(1);
    }

    @Test
    void blobsAreListedRemovedAndReplaced() {
        files().put("b", new byte[] {1});
        files().put("a", new byte[] {2});
        files().put("c", random(1, 2_000_000));
        files().put("c", new byte[] {3});
        assertThat(names(files().list())).containsExactly("a", "b", "c");
        assertThat(names(files().list(Keys.all().from("b").reversed()))).containsExactly("c", "b");
        assertThat(files().remove("b")).isTrue();
        assertThat(files().remove("b")).isFalse();
        assertThat(files().find("b")).isEmpty();
        assertThat(files().get("b")).isEmpty();
        assertThat(files().contains("b")).isFalse();
        assertThat(db.space("@blob/files").count()).as("a part each").isEqualTo(2);
        files().clear();
        assertThat(files().count()).isZero();
        assertThat(db.space("@blob/files").count()).isZero();
        assertThatThrownBy(() -> files().open("b")).isInstanceOf(DatabaseException.NotFound.class);
        assertThatThrownBy(() -> files().verify("b")).isInstanceOf(DatabaseException.NotFound.class);
    }

    @Test
    void aStreamThatFailsLeavesNothing() throws IOException {
        files().put("b", new byte[] {1});
        byte[] content = random(1, 20_000_000);
        InputStream failing = failingAfter(content);
        assertThatThrownBy(() -> files().put("b", failing, BlobOptions.none()))
                .isInstanceOf(IOException.class)
                .hasMessage("gone");
        assertThat(files().get("b").orElseThrow()).containsExactly(1);
        assertThat(db.space("@blob/files").count()).isEqualTo(1);
    }

    /// Whoever gives the content writes something else whenever it is asked for more.
    @Test
    void aLongOneIsPutBesideWhatOthersWrite() throws IOException {
        int[] written = {0};
        for (int i = 0; i < 3; i++) {
            InputStream in = new FilterInputStream(new ByteArrayInputStream(random(i, 9_000_000))) {
                @Override
                public int read(byte[] into, int offset, int length) throws IOException {
                    db.counter("reads").increment();
                    db.space("raw").put("k" + ++written[0], "v");
                    return super.read(into, offset, length);
                }
            };
            files().put("b" + i, in, BlobOptions.none());
        }
        for (int i = 0; i < 3; i++) {
            assertThat(files().verify("b" + i)).isTrue();
        }
        assertThat(db.counter("reads").value()).isEqualTo(written[0]).isGreaterThan(30);
        assertThat(db.space("raw").count()).isEqualTo(written[0]);
        reopenIfPossible();
        assertThat(db.space("raw").count()).isEqualTo(written[0]);
        assertThat(files().verify("b2")).isTrue();
    }

    @Test
    void whoReadsGoesOnReadingWhatWasThere() throws IOException {
        byte[] content = random(1, 5_000_000);
        files().put("b", content);
        try (InputStream in = files().open("b")) {
            byte[] first = in.readNBytes(1_000_000);
            files().put("b", new byte[0]);
            files().remove("b");
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.write(first);
            in.transferTo(all);
            assertThat(all.toByteArray()).isEqualTo(content);
        }
    }

    @Test
    void versionsAndBranchesHaveTheirOwn() throws IOException {
        byte[] content = random(1, 2_000_000);
        files().put("b", content);
        db.commit("first");
        Branch draft = db.branch("draft", db.head());
        draft.blobs("files").put("b", new byte[] {1});
        draft.blobs("files").put("new", new byte[] {2});
        draft.commit("draft");
        assertThat(files().get("b").orElseThrow()).isEqualTo(content);
        assertThat(db.merge("draft", Merge.into("main"))).isInstanceOf(MergeOutcome.Merged.class);
        assertThat(files().get("b").orElseThrow()).containsExactly(1);
        assertThat(names(files().list())).containsExactly("b", "new");
        assertThat(read(db.at("HEAD~1").blobs("files"), "b", 0, 10)).isEqualTo(Arrays.copyOf(content, 10));
    }

    @Test
    void whatBothSidesPutIsAConflictThatAPutSettles() {
        files().put("b", random(1, 600_000));
        db.commit("first");
        Branch draft = db.branch("draft", db.head());
        draft.blobs("files").put("b", random(2, 600_000));
        draft.commit("theirs");
        files().put("b", random(3, 600_000));
        db.commit("ours");
        assertThat(db.merge("draft", Merge.into("main"))).isInstanceOf(MergeOutcome.Conflicted.class);
        assertThat(db.merge("draft", Merge.into("main").policy(coppice.api.MergePolicy.theirs())))
                .isInstanceOf(MergeOutcome.Merged.class);
        assertThat(files().get("b").orElseThrow()).isEqualTo(random(2, 600_000));
        assertThat(files().verify("b")).isTrue();
        files().put("b", new byte[] {1});
        assertThat(db.space("@blob/files").count())
                .as("also what the merge left")
                .isEqualTo(1);
    }

    @Test
    void takesPartInTransactions() {
        assertThatThrownBy(() -> db.transact(transaction -> {
                    transaction.blobs("files").put("b", random(1, 3_000_000));
                    assertThat(transaction.blobs("files").verify("b")).isTrue();
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        assertThat(files().find("b")).isEmpty();
        files().batched(blobs -> {
            blobs.put("a", new byte[] {1});
            blobs.put("b", new byte[] {2});
        });
        assertThat(names(files().list())).containsExactly("a", "b");
    }

    @Test
    void whoFollowsIsTold() {
        try (StructureFeed<BlobChange> feed = files().watch(FeedStart.now())) {
            BlobInfo info = files().put("b", random(1, 20_000_000));
            assertThat(feed.next()).containsExactly(new BlobChange.Put(info));
            files().remove("b");
            assertThat(feed.next()).containsExactly(new BlobChange.Removed(info));
            assertThat(feed.poll()).isEmpty();
        }
    }

    @Test
    void aContentThatIsNotCompleteIsTold() throws IOException {
        files().put("b", random(1, 3_000_000));
        List<byte[]> parts;
        try (var rows = db.space("@blob/files").entries(coppice.api.Range.all())) {
            parts = rows.map(coppice.api.Entry::key).toList();
        }
        assertThat(parts).hasSizeGreaterThan(2);
        db.space("@blob/files").delete(parts.getLast());
        assertThat(files().verify("b")).isFalse();
        incorrect(ErrorCode.VALUE_MISFIT, () -> files().get("b"));
        assertThat(read(files(), "b", 0, 100)).hasSize(100);
        assertThatThrownBy(() -> read(files(), "b", 2_999_999, 1)).isInstanceOf(IOException.class);
    }

    @Test
    void badInputIsRefused() {
        incorrect(ErrorCode.INVALID_KEY, () -> files().put("", new byte[0]));
        incorrect(ErrorCode.INVALID_KEY, () -> files().put("x".repeat(1_001), new byte[0]));
        incorrect(ErrorCode.INVALID_KEY, () -> files().put("\uD83D", new byte[0]));
        files().put("b", new byte[0]);
        incorrect(ErrorCode.OTHER_STRUCTURE, () -> db.dict("files"));
        db.space("files").put("c", "{}");
        incorrect(ErrorCode.VALUE_MISFIT, () -> files().find("c"));
    }
}
