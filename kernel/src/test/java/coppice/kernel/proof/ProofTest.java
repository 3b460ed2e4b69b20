package coppice.kernel.proof;

import static coppice.kernel.proof.Ledger.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.kernel.bytes.Bytes;
import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.SpaceRecord;
import coppice.kernel.proof.ProofReader.Proved;
import coppice.kernel.tree.RangeWalk;
import coppice.kernel.tree.Tree;
import coppice.kernel.tree.TreeBuilder;
import coppice.testing.property.Gen;
import coppice.testing.property.Property;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What is proved is true, and what is not true cannot be proved.
class ProofTest {
    private final Ledger ledger = new Ledger();

    private Hash filled() {
        Random random = new Random(1);
        for (int row = 0; row < 4_000; row += 2) {
            byte[] value = new byte[random.nextInt(60)];
            random.nextBytes(value);
            ledger.put("users", key(row), value);
        }
        byte[] large = new byte[700_000];
        random.nextBytes(large);
        ledger.put("files", "large", large).put("files", "zeros", new byte[900_000]);
        ledger.put("files", "small", text("s"));
        for (int space = 0; space < 300; space++) {
            ledger.put("space " + space, "k", text("v" + space));
        }
        return ledger.commit();
    }

    private static String key(int number) {
        return String.format("%06d", number);
    }

    private static Question range(String space, @Nullable String from, @Nullable String to, int limit) {
        return new Question.OfRange(
                space, from == null ? Bytes.EMPTY : text(from), to == null ? null : text(to), limit);
    }

    /// Holds an answer against the maps.
    private void assertTrue(Proved proved) {
        NavigableMap<byte[], byte[]> map =
                ledger.spaces.getOrDefault(proved.question().space(), new TreeMap<>(Bytes::compare));
        switch (proved.question()) {
            case Question.OfKey ofKey -> {
                byte[] value = map.get(ofKey.key());
                assertThat(proved.rows()).hasSize(value == null ? 0 : 1);
                proved.rows().forEach(row -> assertThat(row.key()).isEqualTo(ofKey.key()));
                proved.rows().forEach(row -> assertThat(row.value()).isEqualTo(value));
            }
            case Question.OfRange ofRange -> {
                byte[] to = ofRange.to();
                NavigableMap<byte[], byte[]> from = map.tailMap(ofRange.from(), true);
                List<byte[]> keys = from.keySet().stream()
                        .filter(key -> to == null || Bytes.compare(key, to) < 0)
                        .toList();
                byte[] next = proved.next();
                int rows = proved.rows().size();
                assertThat(rows).isEqualTo(Math.min(keys.size(), ofRange.limit()));
                assertThat(proved.rows())
                        .extracting(RangeWalk.Row::key)
                        .containsExactlyElementsOf(keys.subList(0, rows));
                proved.rows().forEach(row -> assertThat(row.value()).isEqualTo(map.get(row.key())));
                assertThat(next).isEqualTo(rows == keys.size() ? null : keys.get(rows));
            }
        }
    }

    private void assertProvable(Hash commit, Question question) {
        byte[] proof = ledger.prove(commit, question);
        assertTrue(ProofReader.verify(proof, commit));
        assertThat(Ledger.Parts.of(proof).join()).isEqualTo(proof);
    }

    private static void refused(byte[] proof, Hash commit, String... words) {
        assertThatThrownBy(() -> ProofReader.verify(proof, commit))
                .isInstanceOf(CorruptException.class)
                .satisfies(refusal -> assertThat(List.of(words)).allMatch(refusal.getMessage()::contains));
    }

    @Test
    void everyKeyIsProvedToBeThereAndEveryOtherNotToBe() {
        Hash commit = filled();
        for (int row = -1; row <= 4_001; row += 3) {
            assertProvable(commit, new Question.OfKey("users", text(row < 0 ? "!" : key(row))));
        }
        assertProvable(commit, new Question.OfKey("users", new byte[Tree.MAX_KEY_BYTES]));
        for (String key : List.of("large", "zeros", "small", "none")) {
            assertProvable(commit, new Question.OfKey("files", text(key)));
        }
    }

    @Test
    void aSpaceThatIsNotThereHasNothing() {
        Hash commit = filled();
        for (String space : List.of("users", "!", "space 17", "space 17!", "zzz", "x".repeat(255))) {
            assertProvable(commit, new Question.OfKey(space, text("k")));
            assertProvable(commit, range(space, null, null, 5));
        }
        Ledger nothing = new Ledger();
        Hash empty = nothing.commit();
        byte[] proof = nothing.prove(empty, new Question.OfKey("users", text("k")));
        assertThat(ProofReader.verify(proof, empty).rows()).isEmpty();
        assertThat(Ledger.Parts.of(proof).chunks()).hasSize(1);
    }

    @Test
    void anyRangeIsProvedWholeOrUpToItsLimit() {
        Hash commit = filled();
        Gen<String> keys = Gen.ints(0, 4_100).map(ProofTest::key);
        Gen<Question> ranges = choices -> range(
                "users",
                Gen.booleans().from(choices) ? keys.from(choices) : null,
                Gen.booleans().from(choices) ? keys.from(choices) : null,
                Gen.frequency(Gen.ints(1, 5).weighing(1), Gen.ints(1, 3_000).weighing(3))
                        .from(choices));
        Property.forAll(ranges).runs(150).check(question -> assertProvable(commit, question));
        assertProvable(commit, range("files", null, null, 10));
        assertProvable(commit, range("files", "m", "n", 10));
    }

    @Test
    void aProofIsShort() {
        Hash commit = filled();
        byte[] proof = ledger.prove(commit, new Question.OfKey("users", text(key(2_000))));
        assertThat(Ledger.Parts.of(proof).chunks()).hasSizeBetween(4, 6); // commit, catalog, rows
        assertThat(proof).hasSizeLessThan(60_000);
        byte[] zeros = ledger.prove(commit, new Question.OfKey("files", text("zeros")));
        assertThat(zeros).as("equal chunks are there once").hasSizeLessThan(600_000);
    }

    @Test
    void aProofIsOfOneCommit() {
        Hash first = filled();
        byte[] proof = ledger.prove(first, new Question.OfKey("users", text(key(10))));
        Hash second = ledger.put("users", key(10), text("another")).commit();
        assertThat(ProofReader.verify(ledger.prove(second, new Question.OfKey("users", text(key(10)))), second)
                        .rows())
                .singleElement()
                .satisfies(row -> assertThat(row.value()).isEqualTo(text("another")));
        refused(proof, second, "chunk " + second + ", the trusted commit", first.toString());
        assertThat(ProofReader.verify(proof, first).rows()).hasSize(1);
    }

    @Test
    void aByteThatWasChangedIsNoticed() {
        ledger.put("a", "k", text("v")).put("b", "one", text("1")).put("b", "two", text("2"));
        Hash commit = ledger.commit();
        for (Question question :
                List.of(new Question.OfKey("b", text("one")), range("b", "one", "z", 7), range("b", null, null, 1))) {
            byte[] proof = ledger.prove(commit, question);
            for (int at = 0; at < proof.length; at++) {
                for (int bit = 0; bit < 8; bit++) {
                    byte[] changed = proof.clone();
                    changed[at] ^= (byte) (1 << bit);
                    refused(changed, commit);
                    ProofWriter.seal(changed);
                    refusedOrTrue(changed, commit, at >= ProofReader.HEADER);
                }
            }
        }
    }

    /// Whoever makes the checksum right again may ask another question, and then has its true answer or none.
    private void refusedOrTrue(byte[] proof, Hash commit, boolean mayBeTrue) {
        try {
            Proved proved = ProofReader.verify(proof, commit);
            if (mayBeTrue) {
                assertTrue(proved);
                assertThat(Ledger.Parts.of(proof).join()).isEqualTo(proof);
            }
        } catch (CorruptException refused) {
            assertThat(refused.expected()).isNotEmpty();
        }
    }

    @Test
    void everyCutAndEveryTailIsRefused() {
        ledger.put("b", "one", text("1")).put("b", "two", text("2"));
        Hash commit = ledger.commit();
        byte[] proof = ledger.prove(commit, range("b", "one", "z", 7));
        for (int length = 0; length < proof.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(proof, length);
            refused(cut, commit);
            if (length >= ProofReader.HEADER) {
                ProofWriter.seal(cut);
                refused(cut, commit);
            }
        }
        byte[] longer = java.util.Arrays.copyOf(proof, proof.length + 1);
        ProofWriter.seal(longer);
        refused(longer, commit, "the end");
    }

    @Test
    void chunksThatAreMissingSwappedDoubledOrOthersAreRefused() {
        Hash commit = filled();
        byte[] proof = ledger.prove(commit, range("users", key(100), key(900), 1_000));
        int count = Ledger.Parts.of(proof).chunks().size();
        assertThat(count).isGreaterThan(5);
        List<byte[]> foreign = Ledger.Parts.of(ledger.prove(commit, new Question.OfKey("users", text(key(3_000)))))
                .chunks();
        for (int at = 0; at < count; at++) {
            Ledger.Parts parts = Ledger.Parts.of(proof);
            byte[] taken = parts.chunks().remove(at);
            refused(parts.join(), commit);
            parts.chunks().add(at, taken);
            parts.chunks().add(at, taken);
            refused(parts.join(), commit);
            parts.chunks().set(at, foreign.getLast());
            parts.chunks().remove(at + 1);
            refused(parts.join(), commit);
            for (int other = 0; other < at; other++) {
                Ledger.Parts swapped = Ledger.Parts.of(proof);
                Collections.swap(swapped.chunks(), at, other);
                refused(swapped.join(), commit);
            }
        }
        Ledger.Parts more = Ledger.Parts.of(proof);
        more.chunks().add(foreign.getLast());
        refused(more.join(), commit, "the end of the chunks that the answer needs");
    }

    @Test
    void aProofOfOneThingIsNoneOfAnother() {
        Hash commit = filled();
        List<byte[]> present = Ledger.Parts.of(ledger.prove(commit, new Question.OfKey("users", text(key(2_000)))))
                .chunks();
        for (Question other : List.of(
                new Question.OfKey("users", text(key(3_999))),
                new Question.OfKey("users", text(key(10))),
                new Question.OfKey("users", text("zzz")),
                new Question.OfKey("files", text("none")),
                new Question.OfKey("nothing", text(key(2_000))),
                range("users", null, null, 3))) {
            refused(new Ledger.Parts(other, present).join(), commit);
        }
        List<byte[]> nothing = Ledger.Parts.of(ledger.prove(commit, range("users", "8", null, 5)))
                .chunks();
        refused(new Ledger.Parts(range("users", "0", null, 5), nothing).join(), commit);
        refused(new Ledger.Parts(new Question.OfKey("users", text(key(2_000))), nothing).join(), commit);
        List<byte[]> part = Ledger.Parts.of(ledger.prove(commit, range("users", null, null, 3)))
                .chunks();
        refused(new Ledger.Parts(range("users", null, null, 2_000), part).join(), commit);
    }

    @Test
    void aCatalogThatCountsWrongIsRefused() {
        TreeBuilder builder = Tree.builder(ledger.nodes);
        builder.add(text("k"), text("v"));
        Tree rows = builder.finish();
        Hash commit = ledger.commit(Map.of("s", new SpaceRecord("dict", rows.root(), 2, null)));
        assertThatThrownBy(() -> ledger.prove(commit, new Question.OfKey("s", text("k"))))
                .isInstanceOf(CorruptException.class)
                .hasMessageContaining("2 rows, as the catalog says");
    }

    @Test
    void arbitraryBytesAreRefused() {
        Hash commit = filled();
        Property.forAll(Gen.bytes(0, 400)).runs(2_000).check(bytes -> refused(bytes, commit));
        Property.forAll(Gen.bytes(0, 400)).runs(4_000).check(bytes -> {
            byte[] proof = new byte[ProofReader.HEADER + bytes.length];
            System.arraycopy(ProofReader.MAGIC, 0, proof, 0, ProofReader.MAGIC.length);
            Bytes.putI32(proof, ProofReader.MAGIC.length, ProofReader.VERSION);
            System.arraycopy(bytes, 0, proof, ProofReader.HEADER, bytes.length);
            ProofWriter.seal(proof);
            refused(proof, commit);
        });
    }

    @Test
    void proofsWithManyChangesAreRefusedOrTrue() {
        Hash commit = filled();
        List<byte[]> proofs = new ArrayList<>();
        proofs.add(ledger.prove(commit, new Question.OfKey("users", text(key(2_000)))));
        proofs.add(ledger.prove(commit, range("users", key(100), key(900), 1_000)));
        proofs.add(ledger.prove(commit, range("space 1", null, null, 10)));
        Random random = new Random(3);
        for (int run = 0; run < 3_000; run++) {
            byte[] proof = proofs.get(run % proofs.size()).clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                // The question is in front.
                int room = random.nextBoolean() ? 40 : proof.length - ProofReader.HEADER;
                proof[ProofReader.HEADER + random.nextInt(room)] = (byte) random.nextInt(256);
            }
            ProofWriter.seal(proof);
            refusedOrTrue(proof, commit, true);
        }
    }

    @Test
    void whatIsBeyondItsLimitCannotBeAsked() {
        for (Runnable asking : List.<Runnable>of(
                () -> new Question.OfKey("s", Bytes.EMPTY),
                () -> new Question.OfKey("s", new byte[Tree.MAX_KEY_BYTES + 1]),
                () -> new Question.OfKey("", text("k")),
                () -> new Question.OfKey("x".repeat(256), text("k")),
                () -> range("s", null, null, 0),
                () -> range("s", null, null, Question.ROWS_MAX + 1),
                () -> range("s", "x".repeat(Question.BOUND_BYTES_MAX + 1), null, 1))) {
            assertThatThrownBy(asking::run).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
