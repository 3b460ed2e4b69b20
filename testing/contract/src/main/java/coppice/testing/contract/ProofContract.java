package coppice.testing.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.api.CommitId;
import coppice.api.ErrorCode;
import coppice.api.Limits;
import coppice.api.Proof;
import coppice.api.ProofResult;
import coppice.api.Range;
import coppice.api.Space;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What a commit holds, proved to somebody who has no database.
abstract class ProofContract extends Contract {
    private CommitId threeRows() {
        Space space = db.space("s");
        space.put("a", "1");
        space.put("c", "3");
        space.put("e", "5");
        db.space("t").put("c", "other");
        return db.commit("three").id();
    }

    private static String shown(ProofResult result) {
        return switch (result) {
            case ProofResult.Present found -> found.space() + "/" + new String(found.value(), UTF_8);
            case ProofResult.Absent none -> none.space() + "/" + new String(none.key(), UTF_8) + " is absent";
            case ProofResult.Entries range ->
                range.entries().stream().map(Contract::shown).toList()
                        + range.next().map(next -> " then " + next).orElse("");
            case ProofResult.Invalid wrong -> "invalid";
        };
    }

    private String proved(CommitId commit, String space, String key) {
        Proof proof = db.prove(commit.hex(), space, utf8(key));
        return shown(Proof.of(proof.toBytes()).verify(commit, space, utf8(key)));
    }

    private String proved(CommitId commit, Range range, int limit) {
        return shown(db.prove(commit.hex(), "s", range, limit).verify(commit, "s", range));
    }

    @Test
    void whatIsThereAndWhatIsNotCanBeProved() {
        CommitId commit = threeRows();
        assertThat(proved(commit, "s", "c")).isEqualTo("s/3");
        for (String absent : List.of("0", "b", "c0", "d", "f")) {
            assertThat(proved(commit, "s", absent)).isEqualTo("s/" + absent + " is absent");
        }
        assertThat(proved(commit, "t", "c")).isEqualTo("t/other");
        assertThat(proved(commit, "no such space", "c")).isEqualTo("no such space/c is absent");
        CommitId first = db.resolve("main~1").id();
        assertThat(proved(first, "s", "c")).isEqualTo("s/c is absent");
    }

    @Test
    void rangesAreProvedWholeOrInParts() {
        CommitId commit = threeRows();
        assertThat(proved(commit, Range.all(), 10)).isEqualTo("[a=1, c=3, e=5]");
        assertThat(proved(commit, Range.between(utf8("b"), utf8("e")), 10)).isEqualTo("[c=3]");
        assertThat(proved(commit, Range.between(utf8("c0"), utf8("d")), 10)).isEqualTo("[]");
        assertThat(proved(commit, Range.between(utf8("d"), utf8("b")), 10)).isEqualTo("[]");
        assertThat(proved(commit, Range.prefix("c"), 10)).isEqualTo("[c=3]");
        assertThat(proved(commit, Range.from(utf8("b")), 1)).isEqualTo("[c=3] then [e .. )");
        assertThat(proved(commit, Range.to(utf8("z")), 2)).isEqualTo("[a=1, c=3] then [e .. z)");
        assertThat(proved(commit, Range.to(utf8("e")), 2)).isEqualTo("[a=1, c=3]");
    }

    @Test
    void aProofNeedsNoDatabaseAndOutlivesWhatItIsAbout() {
        CommitId commit = threeRows();
        byte[] present = db.prove("main", "s", utf8("c")).toBytes();
        byte[] range = db.prove("main", "s", Range.all(), 2).toBytes();
        db.space("s").put("c", "changed");
        CommitId later = db.commit("later").id();
        assertThat(proved(commit, "s", "c")).as("made of the past").isEqualTo("s/3");
        db.close();
        assertThat(shown(Proof.of(present).verify(commit))).isEqualTo("s/3");
        assertThat(shown(Proof.of(range).verify(commit))).isEqualTo("[a=1, c=3] then [e .. )");
        assertThat(shown(Proof.of(present).verify(later))).isEqualTo("invalid");
    }

    @Test
    void whatIsNotCommittedIsNotProved() {
        CommitId commit = threeRows();
        db.space("s").put("b", "2");
        db.space("s").delete("c");
        assertThat(proved(commit, "s", "b")).isEqualTo("s/b is absent");
        assertThat(proved(commit, "s", "c")).isEqualTo("s/3");
    }

    @Test
    void aProofOfSomethingElseIsInvalid() {
        CommitId commit = threeRows();
        Proof key = db.prove("main", "s", utf8("c"));
        Proof none = db.prove("main", "s", utf8("d"));
        Proof range = db.prove("main", "s", Range.from(utf8("b")), 5);
        for (ProofResult result : List.of(
                key.verify(commit, "s", utf8("a")),
                key.verify(commit, "t", utf8("c")),
                key.verify(commit, "s", Range.all()),
                none.verify(commit, "s", utf8("c")),
                none.verify(commit, "t", utf8("d")),
                range.verify(commit, "s", utf8("c")),
                range.verify(commit, "s", Range.all()),
                range.verify(commit, "s", Range.between(utf8("b"), utf8("z"))),
                range.verify(commit, "t", Range.from(utf8("b"))))) {
            assertThat(result).isInstanceOf(ProofResult.Invalid.class);
            assertThat(((ProofResult.Invalid) result).why()).contains("it is a proof about ");
        }
        assertThat(shown(range.verify(commit, "s", Range.from(utf8("b"))))).isEqualTo("[c=3, e=5]");
    }

    @Test
    void everyByteCounts() {
        CommitId commit = threeRows();
        byte[] proof = db.prove("main", "s", utf8("c")).toBytes();
        for (int at = 0; at < proof.length; at++) {
            byte[] altered = proof.clone();
            altered[at] ^= 4;
            assertThat(shown(Proof.of(altered).verify(commit)))
                    .as("byte %d", at)
                    .isEqualTo("invalid");
        }
        for (byte[] other : List.of(new byte[0], new byte[100], utf8("COPPROF"))) {
            assertThat(shown(Proof.of(other).verify(commit))).isEqualTo("invalid");
        }
    }

    /// Some thousand rows, a few of them long: trees of several levels.
    private NavigableMap<String, byte[]> manyRows(Random random) {
        NavigableMap<String, byte[]> rows = new TreeMap<>();
        while (rows.size() < 3_000) {
            byte[] value = new byte[random.nextInt(100) == 0 ? 5_000 + random.nextInt(200_000) : random.nextInt(50)];
            random.nextBytes(value);
            rows.put(String.format("%05d", random.nextInt(100_000)), value);
        }
        db.main().run(tx -> rows.forEach((key, value) -> tx.space("many").put(utf8(key), value)));
        return rows;
    }

    @Test
    void proofsOfManyRowsSayWhatTheRowsAre() {
        Random random = new Random(11);
        NavigableMap<String, byte[]> rows = manyRows(random);
        CommitId commit = db.commit("many").id();
        for (int run = 0; run < 300; run++) {
            String key = run % 2 == 0
                    ? String.format("%05d", random.nextInt(100_000))
                    : rows.ceilingKey(String.format("%05d", random.nextInt(90_000)));
            byte[] value = rows.get(key);
            ProofResult result = db.prove("main", "many", utf8(key)).verify(commit, "many", utf8(key));
            if (value == null) {
                assertThat(result).isInstanceOf(ProofResult.Absent.class);
            } else {
                assertThat(((ProofResult.Present) result).value()).isEqualTo(value);
            }
        }
        List<String> seen = new ArrayList<>();
        Optional<Range> rest = Optional.of(Range.between(utf8("1"), utf8("9")));
        while (rest.isPresent()) {
            Range range = rest.get();
            ProofResult.Entries part =
                    (ProofResult.Entries) db.prove("main", "many", range, 700).verify(commit, "many", range);
            part.entries().forEach(entry -> {
                assertThat(entry.value()).isEqualTo(rows.get(entry.keyText()));
                seen.add(entry.keyText());
            });
            assertThat(part.isComplete()).isEqualTo(part.next().isEmpty());
            rest = part.next();
        }
        assertThat(seen).containsExactlyElementsOf(rows.subMap("1", "9").keySet());
    }

    @Test
    void aProofIsFullWhenItsContentIs() {
        byte[] large = new byte[Limits.VALUE_BYTES_MAX];
        db.space("s").put(utf8("large"), large);
        db.space("s").put(utf8("after"), large);
        CommitId commit = db.commit("large").id();
        Proof proof = db.prove("main", "s", Range.all(), 10);
        assertThat(proof.size()).as("equal parts are there once").isLessThan(2_000_000);
        ProofResult.Entries entries = (ProofResult.Entries) proof.verify(commit);
        assertThat(entries.entries()).hasSize(1);
        assertThat(entries.next())
                .hasValueSatisfying(rest -> assertThat(rest.lower()).isEqualTo(utf8("large")));
    }

    @Test
    void whatCannotBeAskedIsRefused() {
        threeRows();
        incorrect(ErrorCode.INVALID_KEY, () -> db.prove("main", "s", new byte[0]));
        incorrect(ErrorCode.INVALID_KEY, () -> db.prove("main", "s", new byte[Limits.KEY_BYTES_MAX + 1]));
        incorrect(ErrorCode.INVALID_SPACE_NAME, () -> db.prove("main", "", utf8("k")));
        incorrect(
                ErrorCode.INVALID_KEY, () -> db.prove("main", "s", Range.from(new byte[Limits.KEY_BYTES_MAX + 2]), 1));
        notFound(ErrorCode.UNKNOWN_REF, () -> db.prove("nowhere", "s", utf8("k")));
        for (int limit : new int[] {0, -1, Proof.ENTRIES_MAX + 1}) {
            assertThatThrownBy(() -> db.prove("main", "s", Range.all(), limit))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> db.prove("main", "s", Range.all().reversed(), 1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
