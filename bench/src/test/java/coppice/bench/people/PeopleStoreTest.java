package coppice.bench.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.bench.people.PeopleStore.Index;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// What every store of people must do for its numbers to mean the same.
class PeopleStoreTest {
    static final List<String> NAMES = PeopleStore.NAMES;
    private static final Population POPULATION = new Population(5_000);

    @TempDir
    Path directory;

    @ParameterizedTest
    @FieldSource("NAMES")
    void answersWhatLookingAtEachRowAnswersBeforeAndAfterWrites(String name) throws Exception {
        Answers answers = new Answers(POPULATION).loaded();
        SplittableRandom random = new SplittableRandom(3);
        try (PeopleStore store = open(name)) {
            for (Index index : Index.values()) {
                store.build(index);
            }
            try (PeopleReader latest = store.latest()) {
                check(answers, latest);
                for (int generation = 1; generation <= 3; generation++) {
                    List<Person> batch = POPULATION.batch(random, 1_000, generation);
                    store.put(batch);
                    answers.put(batch, generation);
                    check(answers, latest);
                }
            }
            for (boolean isQuerying : new boolean[] {false, true}) {
                try (PeopleReader reader = store.reader(isQuerying)) {
                    check(answers, reader);
                }
            }
        }
        try (PeopleStore reopened = PeopleStore.named(name)) {
            reopened.open(directory, 16 << 20);
            try (PeopleReader latest = reopened.latest()) {
                check(answers, latest);
            }
        }
    }

    private static void check(Answers answers, PeopleReader reader) throws Exception {
        answers.check(reader);
        answers.checkTotals(reader);
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void findsNobodyByAnAddressThatIsNoLongerTheirs(String name) throws Exception {
        try (PeopleStore store = open(name)) {
            store.build(Index.EMAIL);
            Person person = POPULATION.person(42, 1);
            store.put(List.of(person));
            List<byte[]> found = new ArrayList<>();
            try (PeopleReader reader = store.latest()) {
                assertThat(reader.withEmail(POPULATION.person(42, 0).email(), found::add))
                        .isZero();
                assertThat(reader.withEmail(person.email(), found::add)).isOne();
            }
            assertThat(found).containsExactly(person.document());
        }
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void aWrongAnswerIsNoticed(String name) throws Exception {
        Answers answers = new Answers(POPULATION).loaded();
        answers.put(List.of(POPULATION.person(0, 9)), 9);
        try (PeopleStore store = open(name)) {
            store.build(Index.EMAIL);
            try (PeopleReader reader = store.latest()) {
                assertThatThrownBy(() -> answers.check(reader)).isInstanceOf(IllegalStateException.class);
            }
        }
    }

    @Test
    void documentsAreOfTheSizeThatTheReportSaysAndKeysSortAsIds() {
        for (long id = 99_991; id < 2_000_000; id += 99_991) {
            Person person = new Population(1_000_000).person(id, 1);
            assertThat(person.document()).hasSizeBetween(165, 195);
            assertThat(new String(person.document(), StandardCharsets.US_ASCII))
                    .contains("\"email\":\"" + person.email() + "\"");
            assertThat(Person.id(person.key())).isEqualTo(id);
            assertThat(Arrays.compare(person.key(), POPULATION.person(id + 1, 0).key()))
                    .isNegative();
        }
    }

    private PeopleStore open(String name) throws Exception {
        PeopleStore store = PeopleStore.named(name);
        store.open(directory, 16 << 20);
        store.load(POPULATION);
        return store;
    }
}
