package coppice.api.crdt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.testing.property.Gen;
import coppice.testing.property.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What each type means, and the laws that all keep.
class CrdtTest {
    private static final List<String> REPLICAS = List.of("a", "b", "c");

    /// What happens to one of three copies of a value.
    ///
    /// @param at which copy
    /// @param from the copy it takes in, when it is a merge
    private record Event(int at, int from, boolean merge, int what, String word) {}

    private static Gen<List<Event>> lives() {
        Gen<Integer> copies = Gen.ints(0, 2);
        Gen<String> words = Gen.element("x", "y", "", "é");
        Gen<Event> events = choices -> new Event(
                copies.from(choices),
                copies.from(choices),
                Gen.booleans().from(choices),
                Gen.ints(0, 5).from(choices),
                words.from(choices));
        return events.list(0, 25);
    }

    /// Three copies that lived through the events, each changed by its own replica.
    private static <C extends Crdt<C>> List<C> copies(C start, List<Event> life, BiFunction<C, Event, C> change) {
        List<C> copies = new ArrayList<>(List.of(start, start, start));
        for (Event event : life) {
            C copy = copies.get(event.at());
            copies.set(event.at(), event.merge() ? copy.merge(copies.get(event.from())) : change.apply(copy, event));
        }
        return copies;
    }

    private static String replica(Event event) {
        return REPLICAS.get(event.at());
    }

    private static <C extends Crdt<C>> void keepsTheLaws(C start, BiFunction<C, Event, C> change) {
        Property.forAll(lives()).runs(300).check(life -> {
            List<C> copies = copies(start, life, change);
            C a = copies.get(0);
            C b = copies.get(1);
            C c = copies.get(2);
            assertThat(a.merge(b)).as("commutative").isEqualTo(b.merge(a));
            assertThat(a.merge(b).merge(c)).as("associative").isEqualTo(a.merge(b.merge(c)));
            assertThat(a.merge(a)).as("idempotent").isEqualTo(a);
            assertThat(a.merge(b).merge(b)).as("absorbing").isEqualTo(a.merge(b));
            assertThat(a.merge(start)).as("the start is below all").isEqualTo(a);
            byte[] together = a.merge(b).encode();
            assertThat(Crdt.merge(a.kind(), b.encode(), a.encode())).isEqualTo(together);
            assertThat(Crdt.decode(together)).isEqualTo(a.merge(b)).hasSameHashCodeAs(a.merge(b));
            assertThat(Crdt.decode(together).encode()).isEqualTo(together);
        });
    }

    @Test
    void allKeepTheLaws() {
        keepsTheLaws(GrowOnlyCounter.zero(), (counter, event) -> counter.increment(replica(event), event.what()));
        keepsTheLaws(Counter.zero(), (counter, event) -> counter.increment(replica(event), event.what() - 3));
        keepsTheLaws(
                LastWriterRegister.of(new byte[0], 0, "a"),
                (register, event) -> register.with(event.word().getBytes(UTF_8), event.what(), replica(event)));
        keepsTheLaws(MultiValueRegister.empty(), (register, event) -> register.with(replica(event), event.word()));
        keepsTheLaws(AddWinsSet.empty(), CrdtTest::changed);
        keepsTheLaws(
                AddWinsMap.empty(),
                (map, event) -> event.what() < 2
                        ? map.remove(event.word())
                        : map.put(replica(event), event.word(), "v" + event.what()));
    }

    private static AddWinsSet changed(AddWinsSet set, Event event) {
        return event.what() < 2 ? set.remove(event.word()) : set.add(replica(event), event.word());
    }

    @Test
    void countersCountEverythingOnce() {
        Property.forAll(lives()).check(life -> {
            long ups = life.stream()
                    .filter(event -> !event.merge())
                    .mapToLong(Event::what)
                    .sum();
            List<GrowOnlyCounter> growing = copies(
                    GrowOnlyCounter.zero(), life, (counter, event) -> counter.increment(replica(event), event.what()));
            assertThat(all(growing).value()).isEqualTo(ups);
            List<Counter> both = copies(
                    Counter.zero(), life, (counter, event) -> counter.increment(replica(event), event.what() - 3));
            long changes = life.stream().filter(event -> !event.merge()).count();
            assertThat(all(both).value()).isEqualTo(ups - 3 * changes);
        });
    }

    private static <C extends Crdt<C>> C all(List<C> copies) {
        return copies.get(0).merge(copies.get(1)).merge(copies.get(2));
    }

    /// The set as the papers specify it: each addition is an event of its own, and a removal takes the additions that
    /// its copy has seen.
    private record Story(Set<String> added, Set<String> removed) {
        static Story of(Stream<String> added, Stream<String> removed) {
            return new Story(new TreeSet<>(added.toList()), new TreeSet<>(removed.toList()));
        }

        Story with(Story other) {
            return of(
                    Stream.concat(added.stream(), other.added.stream()),
                    Stream.concat(removed.stream(), other.removed.stream()));
        }

        Story add(String word, int event) {
            return with(of(Stream.of(word + '#' + event), Stream.of()));
        }

        Story remove(String word) {
            return with(of(Stream.of(), added.stream().filter(one -> one.startsWith(word + '#'))));
        }

        List<String> elements() {
            return added.stream()
                    .filter(one -> !removed.contains(one))
                    .map(one -> one.substring(0, one.indexOf('#')))
                    .distinct()
                    .sorted()
                    .toList();
        }
    }

    @Test
    void aSetHoldsWhatWasAddedAndNotRemovedKnowingly() {
        Property.forAll(lives()).runs(400).check(life -> {
            List<AddWinsSet> copies = copies(AddWinsSet.empty(), life, CrdtTest::changed);
            Story none = Story.of(Stream.of(), Stream.of());
            List<Story> stories = new ArrayList<>(List.of(none, none, none));
            for (int i = 0; i < life.size(); i++) {
                Event event = life.get(i);
                Story story = stories.get(event.at());
                Story next = event.what() < 2 ? story.remove(event.word()) : story.add(event.word(), i);
                stories.set(event.at(), event.merge() ? story.with(stories.get(event.from())) : next);
            }
            for (int copy = 0; copy < 3; copy++) {
                assertThat(copies.get(copy).texts().stream().sorted().toList())
                        .isEqualTo(stories.get(copy).elements());
            }
            Story everything = stories.get(0).with(stories.get(1)).with(stories.get(2));
            assertThat(all(copies).texts().stream().sorted().toList()).isEqualTo(everything.elements());
        });
    }

    @Test
    void anAdditionBesideARemovalWins() {
        AddWinsSet both = AddWinsSet.empty().add("a", "x").add("a", "y");
        AddWinsSet removed = both.remove("x").remove("y");
        AddWinsSet added = both.add("b", "x");
        assertThat(removed.merge(added).texts()).containsExactly("x");
        assertThat(added.merge(removed).contains("y")).isFalse();
        assertThat(removed.merge(added).remove("x").texts()).isEmpty();
        AddWinsMap map = AddWinsMap.empty().put("a", "k", "1");
        AddWinsMap merged = map.remove("k").merge(map.put("b", "k", "2"));
        assertThat(merged.text("k")).contains("2");
        assertThat(merged.keys()).containsExactly("k".getBytes(UTF_8));
    }

    @Test
    void valuesWrittenAtOnceStayUntilTheNext() {
        MultiValueRegister start = MultiValueRegister.empty().with("a", "1");
        MultiValueRegister both = start.with("a", "2").merge(start.with("b", "3"));
        assertThat(both.texts()).containsExactly("3", "2"); // the second of a counts as later than the first of b
        assertThat(both.with("b", "4").texts()).containsExactly("4");
        AddWinsMap map =
                AddWinsMap.empty().put("a", "k", "1").merge(AddWinsMap.empty().put("b", "k", "2"));
        assertThat(map.values("k".getBytes(UTF_8))).hasSize(2);
        assertThat(map.text("k")).contains("2");
        assertThat(map.text("absent")).isEmpty();
    }

    @Test
    void theLatestWritingStays() {
        LastWriterRegister start = LastWriterRegister.of("1".getBytes(UTF_8), 100, "a");
        assertThat(start.with("2".getBytes(UTF_8), 50, "b").merge(start).text()).isEqualTo("2");
        LastWriterRegister early = start.with("early".getBytes(UTF_8), 200, "z");
        LastWriterRegister late = start.with("late".getBytes(UTF_8), 201, "b");
        assertThat(early.merge(late).text()).isEqualTo("late");
        assertThat(early.merge(start.with("same".getBytes(UTF_8), 200, "b")).text())
                .isEqualTo("early");
    }

    @Test
    void limitsAreKept() {
        GrowOnlyCounter full = GrowOnlyCounter.zero().increment("a", Long.MAX_VALUE);
        assertThatThrownBy(() -> full.increment("a", 1)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> full.increment("b", 1).value()).isInstanceOf(ArithmeticException.class);
        assertThat(full.increment("b", 1).merge(full)).isEqualTo(full.increment("b", 1));
        assertThatThrownBy(() -> full.increment("b", -1)).hasMessageContaining("use a Counter");
        assertThatThrownBy(() -> Counter.zero().increment("", 1)).hasMessageContaining("1 to 64 bytes");
        assertThatThrownBy(() -> Counter.zero().increment("é".repeat(33), 1)).hasMessageContaining("1 to 64 bytes");
        assertThatThrownBy(() -> Counter.zero().increment("\ud800", 1)).hasMessageContaining("UTF-8");
        assertThat(Replicas.unique()).hasSize(22).isNotEqualTo(Replicas.unique());
    }
}
