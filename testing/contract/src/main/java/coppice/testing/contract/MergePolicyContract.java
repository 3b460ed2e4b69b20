package coppice.testing.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import coppice.api.ArrayMerge;
import coppice.api.Branch;
import coppice.api.Commit;
import coppice.api.Conflict;
import coppice.api.ErrorCode;
import coppice.api.KeyPattern;
import coppice.api.Merge;
import coppice.api.MergeOutcome;
import coppice.api.MergeOutcome.Conflicted;
import coppice.api.MergeOutcome.Merged;
import coppice.api.MergePolicy;
import coppice.api.MergeRule;
import coppice.api.Resolver;
import coppice.api.crdt.AddWinsMap;
import coppice.api.crdt.AddWinsSet;
import coppice.api.crdt.Counter;
import coppice.api.crdt.Crdt;
import coppice.api.crdt.CrdtKind;
import coppice.api.crdt.GrowOnlyCounter;
import coppice.api.crdt.LastWriterRegister;
import coppice.api.crdt.MultiValueRegister;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What becomes of keys that both sides changed, by rules.
abstract class MergePolicyContract extends Contract {
    private static final Merge INTO_MAIN = Merge.into("main");

    /// Two branches whose rows `base`, `ours` and `theirs` of the same keys differ; an empty text is no row.
    private void diverge(Map<String, List<String>> rows) {
        commit(db.main(), rows, 0, "base");
        Branch other = db.branch("other", "main");
        commit(db.main(), rows, 1, "ours");
        commit(other, rows, 2, "theirs");
    }

    private static void commit(Branch branch, Map<String, List<String>> rows, int version, String message) {
        branch.run(tx -> rows.forEach((key, values) -> {
            if (values.get(version).isEmpty()) {
                tx.space("s").delete(key);
            } else {
                tx.space("s").put(key, values.get(version));
            }
        }));
        branch.commit(message);
    }

    private static Commit merged(MergeOutcome outcome) {
        assertThat(outcome).isInstanceOf(Merged.class);
        return ((Merged) outcome).commit();
    }

    private static List<Conflict> conflicts(MergeOutcome outcome) {
        assertThat(outcome).isInstanceOf(Conflicted.class);
        return ((Conflicted) outcome).conflicts();
    }

    private static List<String> keys(MergeOutcome outcome) {
        return conflicts(outcome).stream()
                .map(conflict -> new String(conflict.key(), UTF_8))
                .toList();
    }

    @Test
    void documentsMergeByFieldAndKeepTheirText() {
        diverge(Map.of(
                "d", List.of("{ \"a\": 1.0, \"b\": 1 }", "{\"a\":1.0,\"b\":2}", "{\"a\":3.00,\"b\":1,\"c\":[]}")));
        merged(db.merge("other", INTO_MAIN));
        assertThat(rows(db.space("s"))).containsExactly("d={ \"a\": 3.00, \"b\": 2, \"c\":[] }");
    }

    @Test
    void placesThatBothChangedAreNamed() {
        diverge(Map.of(
                "d", List.of("{\"a\":{\"b\":1},\"c\":1}", "{\"a\":{\"b\":2},\"c\":2}", "{\"a\":{\"b\":3},\"c\":1}"),
                "e", List.of("{\"a\":1}", "", "{\"a\":2}"),
                "f", List.of("{\"a\":1}", "[1]", "{\"a\":2}"),
                "g", List.of("", "{\"a\":1}", "{\"b\":1}"),
                "h", List.of("{}", "{\"a\":1,\"a\":1}", "{\"b\":1}")));
        MergeOutcome outcome = db.merge("other", INTO_MAIN);
        assertThat(keys(outcome)).containsExactly("d", "e", "f", "g", "h");
        List<Conflict> conflicts = conflicts(outcome);
        assertThat(conflicts.getFirst().fields().stream()
                        .map(field -> field.pointer() + field.base() + field.ours() + field.theirs()))
                .containsExactly("/a/bOptional[1]Optional[2]Optional[3]");
        assertThat(conflicts.subList(1, 5))
                .allSatisfy(conflict -> assertThat(conflict.fields()).isEmpty());
    }

    @Test
    void arraysAreWholeValuesUnlessARuleSaysOtherwise() {
        diverge(Map.of(
                "tags", List.of("{\"t\":[1]}", "{\"t\":[1,2]}", "{\"t\":[1,3]}"),
                "items",
                        List.of(
                                "{\"l\":[{\"id\":1}]}",
                                "{\"l\":[{\"id\":1,\"a\":1}]}",
                                "{\"l\":[{\"id\":1},{\"id\":2}]}")));
        assertThat(keys(db.merge("other", INTO_MAIN))).containsExactly("items", "tags");
        Merge merge =
                INTO_MAIN.policy(MergePolicy.fields(ArrayMerge.byMember("id").orSets()));
        merged(db.merge("other", merge));
        assertThat(rows(db.space("s")))
                .containsExactly("items={\"l\":[{\"id\":1,\"a\":1},{\"id\":2}]}", "tags={\"t\":[1,2,3]}");
    }

    @Test
    void theLastRuleThatFitsDecides() {
        diverge(Map.of(
                "a/1", List.of("0", "o", "t"),
                "a/2", List.of("0", "o", "t"),
                "b/1", List.of("0", "o", "t"),
                "c", List.of("{\"x\":1,\"y\":1}", "{\"x\":2,\"y\":1}", "{\"x\":1,\"y\":2}")));
        db.mergePolicies().add(MergeRule.of("*", MergePolicy.whole()));
        db.mergePolicies().add(MergeRule.of("s", "a/*", MergePolicy.ours()));
        db.mergePolicies().add(MergeRule.of("s", "?/2", MergePolicy.theirs()));
        db.mergePolicies().add(MergeRule.of("other*", MergePolicy.ours()));
        assertThat(keys(db.merge("other", INTO_MAIN))).containsExactly("b/1", "c");
        assertThat(db.mergePolicies().policy("s", utf8("a/2"))).isEqualTo(MergePolicy.theirs());
        assertThat(db.mergePolicies().policy("others", utf8("a/2"))).isEqualTo(MergePolicy.ours());
        merged(db.merge(
                "other", INTO_MAIN.policy(MergePolicy.theirs()).rule(MergeRule.of("s", "b/*", MergePolicy.ours()))));
        assertThat(rows(db.space("s"))).containsExactly("a/1=t", "a/2=t", "b/1=o", "c={\"x\":1,\"y\":2}");
    }

    @Test
    void rulesAreKeptReplacedAndRemoved() {
        MergeRule first = MergeRule.of("a", MergePolicy.ours());
        MergeRule second = new MergeRule(
                KeyPattern.all(),
                KeyPattern.prefix(bytes(0, 255, '*')),
                MergePolicy.fields().otherwise(MergePolicy.custom("f")));
        db.mergePolicies().add(first);
        db.mergePolicies().add(second);
        db.mergePolicies().add(MergeRule.of("a", MergePolicy.theirs()));
        assertThat(db.mergePolicies().rules()).containsExactly(second, MergeRule.of("a", MergePolicy.theirs()));
        assertThat(db.mergePolicies().remove(KeyPattern.glob("a"), KeyPattern.all()))
                .isTrue();
        assertThat(db.mergePolicies().remove(KeyPattern.glob("a"), KeyPattern.all()))
                .isFalse();
        assertThat(db.mergePolicies().rules()).containsExactly(second);
        db.mergePolicies().replace(List.of(first, second));
        if (subject.isPersistent()) {
            reopen();
        }
        assertThat(db.mergePolicies().rules()).containsExactly(first, second);
        db.mergePolicies().replace(List.of());
        assertThat(db.mergePolicies().rules()).isEmpty();
    }

    private void disputed() {
        diverge(Map.of(
                "both", List.of("0", "o", "t"),
                "gone", List.of("0", "", "t"),
                "lost", List.of("0", "o", ""),
                "new", List.of("", "o", "t")));
    }

    @Test
    void eachPolicyDecides() {
        disputed();
        db.branch("before", "main");
        Map<MergePolicy, List<String>> expected = Map.of(
                MergePolicy.ours(), List.of("both=o", "lost=o", "new=o"),
                MergePolicy.theirs(), List.of("both=t", "gone=t", "new=t"),
                MergePolicy.deleteWins().otherwise(MergePolicy.ours()), List.of("both=o", "new=o"),
                MergePolicy.updateWins().otherwise(MergePolicy.theirs()),
                        List.of("both=t", "gone=t", "lost=o", "new=t"));
        expected.forEach((policy, rows) -> {
            Branch target = db.branch("by-" + policy.text().replace(' ', '-'), "before");
            merged(db.merge("other", Merge.into(target.name()).policy(policy)));
            assertThat(rows(target.space("s"))).as(policy.text()).isEqualTo(rows);
        });
    }

    @Test
    void whatAPolicyLeavesGoesToTheResolver() {
        disputed();
        List<String> asked = new ArrayList<>();
        Merge merge = INTO_MAIN.policy(MergePolicy.updateWins()).resolving(conflict -> {
            asked.add(new String(conflict.key(), UTF_8));
            return new Resolver.Take(Optional.of(utf8("r")));
        });
        merged(db.merge("other", merge));
        assertThat(asked).containsExactly("both", "new");
        assertThat(rows(db.space("s"))).containsExactly("both=r", "gone=t", "lost=o", "new=r");
    }

    @Test
    void theLastWriterIsTheSameWhicheverSideIsOurs() {
        disputed();
        db.branch("main2", "main");
        db.branch("other2", "other");
        merged(db.merge("other", INTO_MAIN.policy(MergePolicy.lastWriterWins())));
        merged(db.merge("main2", Merge.into("other2").policy(MergePolicy.lastWriterWins())));
        assertThat(db.diff("main", "other2")).isEmpty();
    }

    @Test
    void functionsDecideByName() {
        disputed();
        db.mergePolicies().add(MergeRule.of("s", MergePolicy.custom("join")));
        incorrect(ErrorCode.UNKNOWN_MERGE_FUNCTION, () -> db.merge("other", INTO_MAIN));
        assertThat(db.main().hasChanges()).isFalse();
        db.mergePolicies().register("join", conflict -> {
            Optional<byte[]> joined = conflict.ours()
                    .flatMap(ours -> conflict.theirs()
                            .map(theirs -> utf8(new String(ours, UTF_8) + "+" + new String(theirs, UTF_8))));
            return joined.isPresent() ? new Resolver.Take(joined) : new Resolver.Unresolved();
        });
        assertThat(keys(db.merge("other", INTO_MAIN))).containsExactly("gone", "lost");
        merged(db.merge("other", INTO_MAIN.resolving(Resolver.OURS)));
        assertThat(rows(db.space("s"))).containsExactly("both=o+t", "lost=o", "new=o+t");
    }

    @Test
    void aFunctionThatThrowsChangesNothing() {
        disputed();
        Commit before = db.head();
        db.mergePolicies().register("broken", conflict -> {
            throw new IllegalStateException("broken");
        });
        Merge merge = INTO_MAIN.policy(MergePolicy.custom("broken"));
        assertThat(catchThrowable(() -> db.merge("other", merge))).hasMessageContaining("broken");
        assertThat(db.head()).isEqualTo(before);
        assertThat(db.main().hasChanges()).isFalse();
        merged(db.merge("other", INTO_MAIN.resolving(Resolver.OURS)));
    }

    @Test
    void malformedPoliciesAreRefused() {
        for (String text :
                List.of("", "mine", "fields(", "fields(x)", "ours()", "crdt(list)", "function()", "ours else ")) {
            incorrect(ErrorCode.INVALID_MERGE_POLICY, () -> MergePolicy.parse(text));
        }
        incorrect(ErrorCode.INVALID_MERGE_POLICY, () -> db.mergePolicies().register("a b", Resolver.OURS));
    }

    /// One value of each kind, changed on both sides.
    private static Map<String, List<Crdt<?>>> values() {
        GrowOnlyCounter growing = GrowOnlyCounter.zero().increment("m", 1);
        Counter counter = Counter.zero().increment("m", 10);
        LastWriterRegister last = LastWriterRegister.of(utf8("0"), 1, "m");
        MultiValueRegister multi = MultiValueRegister.empty().with("m", "0");
        AddWinsSet set = AddWinsSet.empty().add("m", "x");
        AddWinsMap map = AddWinsMap.empty().put("m", "k", "0");
        return Map.of(
                "grow-only-counter", List.of(growing, growing.increment("a", 2), growing.increment("b", 3)),
                "counter", List.of(counter, counter.decrement("a", 3), counter.increment("b", 5)),
                "last-writer-register", List.of(last, last.with(utf8("1"), 7, "a"), last.with(utf8("2"), 6, "b")),
                "multi-value-register", List.of(multi, multi.with("a", "1"), multi.with("b", "2")),
                "add-wins-set", List.of(set, set.remove("x").add("a", "y"), set.add("b", "x")),
                "add-wins-map",
                        List.of(map, map.put("a", "l", "1"), map.remove("k").put("b", "m", "2")));
    }

    @Test
    void valuesThatMergeByThemselvesNeverConflict() {
        values().keySet()
                .forEach(kind -> db.mergePolicies()
                        .add(MergeRule.of("s", kind + "/*", MergePolicy.parse("crdt(" + kind + ")"))));
        putAll(db.main(), 0);
        Branch other = db.branch("other", "main");
        putAll(db.main(), 1);
        putAll(other, 2);
        db.branch("main2", "main");
        merged(db.merge("other", INTO_MAIN));
        merged(db.merge("main2", Merge.into("other")));
        assertThat(db.diff("main", "other")).isEmpty();
        assertThat(GrowOnlyCounter.decode(value("grow-only-counter")).value()).isEqualTo(6);
        assertThat(Counter.decode(value("counter")).value()).isEqualTo(12);
        assertThat(LastWriterRegister.decode(value("last-writer-register")).text())
                .isEqualTo("1");
        assertThat(MultiValueRegister.decode(value("multi-value-register")).texts())
                .containsExactlyInAnyOrder("1", "2");
        assertThat(AddWinsSet.decode(value("add-wins-set")).texts()).containsExactly("x", "y");
        assertThat(AddWinsMap.decode(value("add-wins-map")).keys()).containsExactly(utf8("l"), utf8("m"));
    }

    private static void putAll(Branch branch, int version) {
        values().forEach((kind, versions) ->
                branch.space("s").put(utf8(kind + "/1"), versions.get(version).encode()));
        branch.commit("version " + version);
    }

    private byte[] value(String kind) {
        return db.space("s").getOrDefault(utf8(kind + "/1"), bytes());
    }

    @Test
    void aValueOfAnotherKindIsAConflictAndARemovalGivesWay() {
        Counter counter = Counter.zero().increment("m", 1);
        db.space("s").put(utf8("a"), counter.encode());
        db.space("s").put(utf8("b"), counter.encode());
        db.commit("base");
        Branch other = db.branch("other", "main");
        db.space("s").put(utf8("a"), utf8("plain"));
        db.space("s").delete("b");
        db.commit("ours");
        other.space("s").put(utf8("a"), counter.increment("o", 1).encode());
        other.space("s").put(utf8("b"), counter.increment("o", 1).encode());
        other.commit("theirs");
        Merge merge = INTO_MAIN.policy(MergePolicy.crdt(CrdtKind.COUNTER));
        assertThat(keys(db.merge("other", merge))).containsExactly("a");
        merged(db.merge("other", merge.resolving(Resolver.THEIRS)));
        assertThat(Counter.decode(db.space("s").getOrDefault(utf8("b"), bytes()))
                        .value())
                .isEqualTo(2);
    }

    @Test
    void aMergeThatMayOnlyMoveForwardRefusesToDoMore() {
        disputed();
        Merge only = INTO_MAIN.fastForward(Merge.FastForward.ONLY);
        incorrect(ErrorCode.NOT_FAST_FORWARD, () -> db.merge("other", only));
        Branch behind = db.branch("behind", "main~1");
        merged(db.merge("main", Merge.into("behind").fastForward(Merge.FastForward.ONLY)));
        assertThat(behind.head()).isEqualTo(db.head());
    }

    @Test
    void aSquashedMergeIsOneCommitOnTop() {
        diverge(Map.of("a", List.of("0", "o", "0"), "b", List.of("0", "0", "t")));
        Commit before = db.head();
        Commit squashed = merged(db.merge("other", INTO_MAIN.squashed()));
        assertThat(squashed.parents()).containsExactly(before.id());
        assertThat(squashed.message()).contains("other");
        assertThat(rows(db.space("s"))).containsExactly("a=o", "b=t");
        Branch behind = db.branch("behind", "main~2");
        Commit base = behind.head();
        Commit all = merged(db.merge("other", Merge.into("behind").squashed()));
        assertThat(all.parents()).containsExactly(base.id());
        assertThat(rows(behind.space("s"))).containsExactly("a=0", "b=t");
    }
}
