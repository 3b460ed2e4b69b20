package coppice.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.Branch;
import coppice.api.Database;
import coppice.api.Merge;
import coppice.api.MergeOutcome;
import coppice.api.structure.Sequence;
import coppice.api.structure.SequenceView;
import coppice.testing.property.Gen;
import coppice.testing.property.Model;
import coppice.testing.property.Model.Command;
import coppice.testing.property.Property;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Whatever is done to a list, it is as one in memory; and what two branches did to it is there once they are
/// merged.
abstract class SequenceModelContract extends Contract {
    private static final int BASE = 6;

    /// One random thing to do, with two random numbers.
    private record Act(int kind, int one, int other) {
        static Gen<Act> upTo(int kinds) {
            return Gen.combine(
                    Gen.ints(0, kinds),
                    Gen.ints(0, 9_999),
                    (kind, number) -> new Act(kind, number % 100, number / 100));
        }
    }

    private static List<Integer> list(SequenceView<Integer> sequence) {
        try (Stream<Integer> all = sequence.values()) {
            return all.toList();
        }
    }

    /// A database with a list.
    private static final class World implements AutoCloseable {
        private final Subject subject;
        private Database db;
        private int next;

        World(Subject subject) {
            this.subject = subject;
            this.db = subject.open(OPTIONS);
        }

        Sequence<Integer> numbers() {
            return db.list("numbers", Integer.class);
        }

        void reopen() {
            if (subject.isPersistent()) {
                db.close();
                db = subject.open(OPTIONS);
            }
        }

        @Override
        public void close() {
            db.close();
        }
    }

    private static void change(List<Integer> model, Sequence<Integer> list, Act act, int value) {
        int at = model.isEmpty() ? 0 : act.one() % model.size();
        int other = model.isEmpty() ? 0 : act.other() % model.size();
        switch (act.kind()) {
            case 0 -> {
                list.push(value);
                model.add(value);
            }
            case 1 -> {
                list.insert(at, value);
                model.add(at, value);
            }
            case 2 -> {
                list.insert(model.size() / 2, value);
                model.add(model.size() / 2, value);
            }
            case 3 -> {
                list.prepend(value);
                model.addFirst(value);
            }
            case 4 -> {
                List<Integer> many =
                        IntStream.range(value, value + act.other()).boxed().toList();
                list.pushAll(many);
                model.addAll(many);
            }
            case 5 ->
                assertThat(list.pop()).isEqualTo(Optional.ofNullable(model.isEmpty() ? null : model.removeLast()));
            case 6 ->
                assertThat(list.popFirst())
                        .isEqualTo(Optional.ofNullable(model.isEmpty() ? null : model.removeFirst()));
            case 7 -> {
                if (!model.isEmpty()) {
                    assertThat(list.remove(at - model.size()))
                            .isEqualTo(model.subList(at, at + 1).removeFirst());
                }
            }
            case 8 -> {
                if (!model.isEmpty()) {
                    list.set(at, value);
                    model.set(at, value);
                }
            }
            default -> {
                if (!model.isEmpty()) {
                    list.move(at, other);
                    model.add(other, model.subList(at, at + 1).removeFirst());
                }
            }
        }
    }

    private static void compare(List<Integer> model, SequenceView<Integer> list, Act act) {
        assertThat(list.count()).isEqualTo(model.size());
        if (!model.isEmpty()) {
            int at = act.one() % model.size();
            assertThat(list.get(at)).isEqualTo(model.get(at));
            assertThat(list.slice(at - model.size(), at + 3L))
                    .isEqualTo(model.subList(at, Math.min(model.size(), at + 3)));
        }
    }

    private static void take(List<Integer> model, World world, Act act) {
        world.next += 100;
        switch (act.kind()) {
            case 10 -> world.db.commit("now");
            case 11 -> world.db.checkpoint();
            case 12 -> world.reopen();
            case 13 ->
                world.numbers().batched(batch -> {
                    for (int i = 0; i < act.one() % 20; i++) {
                        Act one = new Act((act.other() + i * 3) % 10, act.one() * (i + 7) % 100, i);
                        change(model, batch, one, world.next + i);
                        compare(model, batch, one);
                    }
                });
            default -> change(model, world.numbers(), act, world.next);
        }
        compare(model, world.numbers(), act);
    }

    @Test
    void isTheSameAsAListInMemory() {
        Model.<List<Integer>, World>of(ArrayList::new, () -> new World(subject()))
                .commands(_ -> Act.upTo(13)
                        .map(act -> Command.named(act.toString(), (model, world) -> take(model, world, act))))
                .ending((model, world) -> {
                    assertThat(list(world.numbers())).isEqualTo(model);
                    assertThat(world.numbers().backward()).containsExactlyElementsOf(model.reversed());
                })
                .steps(120)
                .runs(subject.isPersistent() ? 20 : 80)
                .check();
    }

    /// What two sides do.
    private record Both(List<Act> first, List<Act> second) {}

    /// One of two sides, which changes and moves only what is its own, and may remove what is nobody's.
    private record Side(int number, Sequence<Integer> list, List<Integer> model) {
        private boolean isMine(int value) {
            return value >= BASE ? value / 1_000 == number : value % 3 == number;
        }

        void take(Act act, int step) {
            int value = number * 1_000 + step;
            int at = model.isEmpty() ? 0 : act.one() % model.size();
            boolean mayChange = !model.isEmpty() && isMine(model.get(at));
            boolean mayRemove = !model.isEmpty() && (mayChange || (model.get(at) < BASE && model.get(at) % 3 == 0));
            if (act.kind() <= 3 || (act.kind() >= 8 && mayChange) || (act.kind() == 7 && mayRemove)) {
                change(model, list, act, value);
            }
        }
    }

    private Side side(int number, List<Act> acts) {
        Branch branch = db.branch("side" + number, db.head());
        Side side = new Side(number, branch.list("numbers", Integer.class), new ArrayList<>(base()));
        for (int i = 0; i < acts.size(); i++) {
            side.take(acts.get(i), BASE + i);
        }
        branch.commit("side");
        return side;
    }

    private static List<Integer> base() {
        return IntStream.range(0, BASE).boxed().toList();
    }

    private static List<Integer> only(List<Integer> all, List<Integer> these) {
        Set<Integer> wanted = new HashSet<>(these);
        return all.stream().filter(wanted::contains).toList();
    }

    @Test
    void whatTwoBranchesDidIsThereInTheOrderOfBothWhicheverSideMerges() {
        Gen<List<Act>> acts = Act.upTo(9).list(0, 40);
        Property.forAll(Gen.combine(acts, acts, Both::new))
                .runs(subject.isPersistent() ? 10 : 60)
                .check(both -> {
                    db.close();
                    subject = subject();
                    db = subject.open(OPTIONS);
                    db.list("numbers", Integer.class).pushAll(base());
                    db.commit("base");
                    Side one = side(1, both.first());
                    Side other = side(2, both.second());
                    db.branch("copy", "side1");
                    assertThat(db.merge("side2", Merge.into("side1"))).isNotInstanceOf(MergeOutcome.Conflicted.class);
                    assertThat(db.merge("copy", Merge.into("side2"))).isNotInstanceOf(MergeOutcome.Conflicted.class);
                    List<Integer> merged = list(one.list());
                    assertThat(list(other.list())).isEqualTo(merged);
                    assertThat(merged).doesNotHaveDuplicates();
                    List<Integer> expected = new ArrayList<>();
                    for (int value : base()) {
                        if (one.model().contains(value) && other.model().contains(value)) {
                            expected.add(value);
                        }
                    }
                    Stream.of(one, other)
                            .forEach(side -> side.model().stream()
                                    .filter(value -> value >= BASE)
                                    .forEach(expected::add));
                    assertThat(merged).containsExactlyInAnyOrderElementsOf(expected);
                    for (Side side : List.of(one, other)) {
                        List<Integer> own = only(side.model(), merged).stream()
                                .filter(value -> value >= BASE || value % 3 != 3 - side.number())
                                .toList();
                        assertThat(only(merged, own)).isEqualTo(own);
                    }
                });
    }
}
