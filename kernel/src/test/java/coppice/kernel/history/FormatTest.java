package coppice.kernel.history;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.kernel.FormatPage;
import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import coppice.testing.property.Gen;
import coppice.testing.property.Property;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// Commits, catalog entries and ref entries as bytes: what the page says, there and back, and nothing else
/// accepted.
class FormatTest {
    private static byte[] recodeCommit(byte[] bytes) {
        return Commit.decode(Hash.of(bytes), bytes).encode();
    }

    private static byte[] recodeSpace(byte[] bytes) {
        return SpaceRecord.decode("s", bytes).encode();
    }

    private static byte[] recodeRef(byte[] bytes) {
        return RefValue.decode("r", bytes).encode();
    }

    private static Gen<Hash> hashes() {
        return Gen.bytes(0, 8).map(Hash::of);
    }

    private static Gen<Commit> commits() {
        Gen<Integer> times = Gen.ints(Integer.MIN_VALUE, Integer.MAX_VALUE);
        return choices -> {
            List<Hash> parents = List.copyOf(new HashSet<>(hashes().list(0, 4).from(choices)));
            return new Commit(
                    hashes().from(choices),
                    parents,
                    parents.isEmpty() ? 0 : Gen.longs(1, Long.MAX_VALUE).from(choices),
                    hashes().from(choices),
                    Gen.strings(0, 20).from(choices),
                    times.from(choices) * 1_000L,
                    Gen.strings(0, 20).from(choices),
                    times.from(choices) * 1_000L,
                    Gen.strings(0, 200).from(choices),
                    Gen.maps(Gen.strings(1, 20), Gen.strings(0, 50), 6).from(choices),
                    Signature.of(Gen.bytes(0, 70).from(choices)));
        };
    }

    @Test
    void thePageTellsTheTruth() throws Exception {
        assertThat(Example.commit().encode()).isEqualTo(FormatPage.example("commit.md", "commit"));
        assertThat(Example.space().encode()).isEqualTo(FormatPage.example("commit.md", "space"));
        assertThat(Example.ref().encode()).isEqualTo(FormatPage.example("commit.md", "ref"));
        assertThat(Example.tag().encode()).isEqualTo(FormatPage.example("commit.md", "tag"));
        assertThat(FormatPage.names("commit.md")).containsExactly("commit", "space", "ref", "tag");
        assertThat(Example.commit().hash()).isEqualTo(Hash.of(FormatPage.example("commit.md", "commit")));
    }

    @Test
    void whatIsWrittenIsReadBack() {
        Property.forAll(commits()).runs(500).check(commit -> {
            byte[] bytes = commit.encode();
            assertThat(Commit.decode(commit.hash(), bytes)).isEqualTo(commit);
        });
        assertThat(SpaceRecord.decode("s", Example.space().encode())).isEqualTo(Example.space());
        SpaceRecord plain = new SpaceRecord("dict", Example.hash(1), 0, null);
        assertThat(SpaceRecord.decode("s", plain.encode())).isEqualTo(plain);
        assertThat(RefValue.decode("r", Example.ref().encode())).isEqualTo(Example.ref());
        RefValue plainTag = RefValue.tag(Example.hash(1), null, 0, 5);
        assertThat(RefValue.decode("r", plainTag.encode())).isEqualTo(plainTag);
        assertThat(RefValue.decode("r", Example.tag().encode())).isEqualTo(Example.tag());
        RefValue pointer = RefValue.pointer(Example.hash(1), 7, 5);
        assertThat(RefValue.decode("r", pointer.encode())).isEqualTo(pointer);
    }

    @Test
    void aTagsSignatureCoversItsNameItsCommitAndItsNote() {
        byte[] signed = Example.tagNote().signed("v1", Example.hash(1));
        TagNote later = new TagNote("Ada", Example.MILLIS + 1, "first", Signature.NONE);
        assertThat(List.of(
                        Example.tagNote().signed("v2", Example.hash(1)),
                        Example.tagNote().signed("v1", Example.hash(2)),
                        later.signed("v1", Example.hash(1))))
                .doesNotContain(signed);
        assertThat(Example.tagNote().signed(Signature.NONE).signed("v1", Example.hash(1)))
                .isEqualTo(signed);
    }

    @Test
    void theOrderInWhichMetadataIsGivenDoesNotMatter() {
        Property.forAll(commits()).check(commit -> {
            Map<String, String> other = new HashMap<>(commit.metadata());
            Commit again = new Commit(
                    commit.catalog(),
                    commit.parents(),
                    commit.generation(),
                    commit.closure(),
                    commit.author(),
                    commit.authoredAt(),
                    commit.committer(),
                    commit.committedAt(),
                    commit.message(),
                    other,
                    commit.signature());
            assertThat(again.encode()).isEqualTo(commit.encode());
        });
    }

    @Test
    void oneChangedByteIsRefusedOrMeansSomethingElse() {
        flipEach(Example.commit().encode(), FormatTest::recodeCommit);
        flipEach(Example.space().encode(), FormatTest::recodeSpace);
        flipEach(Example.ref().encode(), FormatTest::recodeRef);
        flipEach(Example.tag().encode(), FormatTest::recodeRef);
    }

    private static void flipEach(byte[] bytes, Function<byte[], byte[]> recode) {
        for (int at = 0; at < bytes.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] damaged = bytes.clone();
                damaged[at] ^= (byte) (1 << bit);
                recodesOrRefuses(damaged, recode);
            }
        }
    }

    @Test
    void everyCutAndEveryTailIsRefused() {
        for (Sample format : List.of(
                new Sample(Example.commit().encode(), FormatTest::recodeCommit),
                new Sample(Example.space().encode(), FormatTest::recodeSpace),
                new Sample(Example.tag().encode(), FormatTest::recodeRef),
                new Sample(Example.ref().encode(), FormatTest::recodeRef))) {
            for (int length = 0; length < format.bytes().length; length++) {
                assertThat(refuses(Arrays.copyOf(format.bytes(), length), format.recode()))
                        .as("cut to %d bytes", length)
                        .isTrue();
            }
            assertThat(refuses(Arrays.copyOf(format.bytes(), format.bytes().length + 1), format.recode()))
                    .isTrue();
        }
    }

    private record Sample(byte[] bytes, Function<byte[], byte[]> recode) {}

    @Test
    void arbitraryBytesAreRefusedOrMeanSomething() {
        Property.forAll(Gen.bytes(0, 300)).runs(1_000).check(bytes -> {
            recodesOrRefuses(bytes, FormatTest::recodeCommit);
            recodesOrRefuses(bytes, FormatTest::recodeSpace);
            recodesOrRefuses(bytes, FormatTest::recodeRef);
        });
    }

    /// What is accepted is exactly what a writer writes: one meaning has one encoding.
    private static void recodesOrRefuses(byte[] bytes, Function<byte[], byte[]> recode) {
        try {
            assertThat(recode.apply(bytes)).isEqualTo(bytes);
        } catch (CorruptException refused) {
            assertThat(refused.expected()).isNotEmpty();
        }
    }

    private static boolean refuses(byte[] bytes, Function<byte[], byte[]> recode) {
        try {
            byte[] _ = recode.apply(bytes);
            return false;
        } catch (CorruptException refused) {
            return true;
        }
    }
}
