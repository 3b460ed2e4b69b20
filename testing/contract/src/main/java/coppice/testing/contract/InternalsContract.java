package coppice.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import coppice.api.Commit;
import coppice.api.CommitMessage;
import coppice.api.ErrorCode;
import coppice.api.Internals;
import coppice.api.Merge;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// How commits, trees and chunks are stored.
abstract class InternalsContract extends Contract {
    private Commit manyRows(int rows) {
        db.main().run(tx -> {
            for (int row = 0; row < rows; row++) {
                tx.space("s").put(utf8(String.format("%06d", row)), utf8("value " + row));
            }
            tx.space("s").put(utf8("long"), new byte[100_000]);
        });
        return db.commit("many");
    }

    @Test
    void aCommitSaysWhatItIsMadeOf() {
        Commit root = db.head();
        manyRows(10);
        db.branch("other", root);
        db.branch("other").space("t").put("k", "v");
        db.branch("other").commit("other");
        db.merge("other", Merge.into("main"));
        Internals.OfCommit merged = db.inspect().commit("main");
        Commit head = db.head();
        assertThat(merged.id()).isEqualTo(head.id());
        assertThat(merged.parents()).isEqualTo(head.parents());
        assertThat(merged.generation()).isEqualTo(head.generation());
        assertThat(merged.ancestors()).isEqualTo(3);
        assertThat(merged.spaces()).isEqualTo(2);
        assertThat(merged.signatureBytes()).isZero();
        db.main().commit(CommitMessage.of("x".repeat(1_000)));
        Internals.OfCommit longer = db.inspect().commit("main");
        assertThat(longer.bytes()).isBetween(1_100, 1_300);
        assertThat(longer.catalog()).as("nothing changed").isEqualTo(merged.catalog());
        assertThat(longer.closure()).isNotEqualTo(merged.closure());
        notFound(ErrorCode.UNKNOWN_REF, () -> db.inspect().commit("nowhere"));
    }

    @Test
    void aTreeSaysHowItsRowsLieInNodes() {
        manyRows(20_000);
        Internals.OfTree tree = db.inspect().tree("main", "s");
        assertThat(tree.entries()).isEqualTo(20_001);
        assertThat(tree.depth()).isEqualTo(3);
        assertThat(tree.levels().getFirst().entries()).isEqualTo(20_001);
        assertThat(tree.levels().get(1).entries()).isEqualTo(tree.leaves());
        assertThat(tree.levels().getLast().nodes()).isOne();
        assertThat(tree.nodes()).isGreaterThan(tree.leaves());
        assertThat(tree.bytes()).isBetween(20_000L * 20, 20_000L * 40);
        assertThat(tree.levels().getFirst().fill()).isCloseTo(0.33, within(0.05));
        assertThat(tree.levels())
                .allSatisfy(level ->
                        assertThat(level.mean()).isBetween((double) level.smallest(), (double) level.largest()));
        assertThat(tree.longValues()).isOne();
        assertThat(tree.longValueBytes()).isEqualTo(100_000);
        Internals.OfTree nothing = db.inspect().tree("main", "no such space");
        assertThat(nothing.entries()).isZero();
        assertThat(nothing.nodes()).isOne();
        incorrect(ErrorCode.INVALID_SPACE_NAME, () -> db.inspect().tree("main", ""));
    }

    @Test
    void versionsShareAllButTheNodesAboveAChange() {
        manyRows(20_000);
        long nodes = db.inspect().tree("main", "s").nodes();
        db.space("s").put("010000", "changed");
        db.commit("one row");
        Internals.Overlap one = db.inspect().overlap("main", "main~1", "s");
        assertThat(one.nodes()).isBetween(3L, 5L);
        assertThat(one.otherNodes()).isBetween(3L, 5L);
        assertThat(one.sharedEntries()).isBetween(19_000L, 20_000L);
        assertThat(db.inspect().tree("main", "s").nodes() - one.nodes())
                .as("shared, counted from either side")
                .isEqualTo(nodes - one.otherNodes());
        Internals.Overlap same = db.inspect().overlap("main", "main", "s");
        assertThat(same).isEqualTo(new Internals.Overlap(0, 0, 0, 0, 20_001));
        Internals.Overlap all = db.inspect().overlap("main", "main~2", "s");
        assertThat(all.sharedEntries()).isZero();
        assertThat(all.nodes()).isEqualTo(db.inspect().tree("main", "s").nodes());
    }

    private Internals.OfChunk chunk(String hash) {
        return db.inspect().chunk(hash).orElseThrow();
    }

    @Test
    void chunksLeadFromACommitToItsValues() {
        Commit commit = manyRows(5_000);
        Internals.OfChunk head = chunk(commit.id().hex());
        assertThat(head.kind()).isEqualTo(Internals.Kind.COMMIT);
        assertThat(head.holds()).isEqualTo(commit.generation());
        Internals.OfCommit facts = db.inspect().commit("main");
        assertThat(head.links())
                .containsExactly(
                        facts.catalog(),
                        facts.closure(),
                        facts.parents().getFirst().hex());
        assertThat(chunk(facts.catalog()).kind()).isEqualTo(Internals.Kind.NODE);
        Internals.OfTree tree = db.inspect().tree("main", "s");
        Internals.OfChunk root = chunk(tree.root());
        assertThat(root.level()).isEqualTo(tree.depth() - 1);
        assertThat(root.holds()).isEqualTo(5_001);
        Set<String> seen = new HashSet<>();
        reach(root, seen);
        assertThat(seen.stream().map(this::chunk).filter(each -> each.kind() == Internals.Kind.NODE))
                .hasSize((int) tree.nodes());
        assertThat(seen.stream().map(this::chunk).filter(each -> each.kind() == Internals.Kind.BLOB_DATA))
                .isNotEmpty();
    }

    private void reach(Internals.OfChunk from, Set<String> seen) {
        if (seen.add(from.hash())) {
            from.links().forEach(link -> reach(chunk(link), seen));
        }
    }

    @Test
    void chunksAreFoundByTheBeginningOfTheirNames() {
        String name = manyRows(100).id().hex();
        assertThat(db.inspect().chunks(name, 5)).containsExactly(name);
        assertThat(db.inspect().chunks(name.substring(0, 20).toUpperCase(java.util.Locale.ROOT), 5))
                .containsExactly(name);
        List<String> alike = db.inspect().chunks(name.substring(0, 1), 1_000);
        assertThat(alike).contains(name).isSorted().allMatch(found -> found.charAt(0) == name.charAt(0));
        assertThat(db.inspect().chunks("0".repeat(64), 5)).isEmpty();
        assertThat(db.inspect().chunk("0".repeat(64))).isEmpty();
        for (String wrong : List.of("", "xyz", "0".repeat(65))) {
            assertThatThrownBy(() -> db.inspect().chunks(wrong, 5)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> db.inspect().chunks(name, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> db.inspect().chunk(name.substring(1))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aChunkSaysWhereItLies() {
        Commit commit = manyRows(5_000);
        String root = db.inspect().tree("main", "s").root();
        db.checkpoint();
        assertThat(chunk(root).pack())
                .hasValueSatisfying(pack -> assertThat(pack).endsWith(".pack"));
        assertThat(chunk(root).offset()).isPositive();
        assertThat(chunk(root).groupChunks()).isOne();
        for (int version = 0; version < 10; version++) {
            db.space("s").put("000001", "version " + version);
            db.commit("version " + version);
        }
        db.gc();
        Internals.OfChunk packed = chunk(db.inspect().tree("main~5", "s").root());
        assertThat(packed.form()).isEqualTo(Internals.Form.GROUP);
        assertThat(packed.groupChunks()).isGreaterThan(5);
        assertThat(chunk(commit.id().hex()).bytes())
                .isEqualTo(db.inspect().commit(commit.id().hex()).bytes());
    }
}
