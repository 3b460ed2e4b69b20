package coppice.testing.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.api.Branch;
import coppice.api.Commit;
import coppice.api.ErrorCode;
import coppice.api.Merge;
import coppice.api.MergeOutcome;
import coppice.api.feed.FeedStart;
import coppice.api.projection.ProjectionDefinition;
import coppice.api.structure.DumpFormat;
import coppice.api.structure.Event;
import coppice.api.structure.EventLog;
import coppice.api.structure.EventLogView;
import coppice.api.structure.EventPage;
import coppice.api.structure.Listening;
import coppice.api.structure.LoadMode;
import coppice.api.structure.LogChange;
import coppice.api.structure.Retention;
import coppice.api.structure.StructureFeed;
import coppice.api.structure.TimeRange;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Events by when they happened.
@Timeout(60)
abstract class EventLogContract extends Contract {
    /// Something that happened.
    public record Click(String page, int millis) {}

    private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");

    private EventLog<String> texts() {
        return db.eventLog("texts", String.class);
    }

    private static Instant noon(long nanos) {
        return NOON.plusNanos(nanos);
    }

    private static <T> List<T> list(Stream<T> stream) {
        try (stream) {
            return stream.toList();
        }
    }

    private static List<String> values(EventLogView<String> log, TimeRange which) {
        return list(log.events(which)).stream().map(Event::value).toList();
    }

    private static List<String> values(EventLogView<String> log) {
        return values(log, TimeRange.all());
    }

    @Test
    void eventsAreFoundByTime() {
        EventLog<String> texts = texts();
        assertThat(texts.first()).isEmpty();
        Event<String> late = texts.append("late", noon(2));
        Event<String> early = texts.append("early", noon(-1));
        Event<String> same = texts.append("same", noon(2));
        Event<String> old = texts.append("old", Instant.parse("0000-01-01T00:00:00Z"));
        Event<String> last = texts.append("last", Instant.parse("9999-12-31T23:59:59.999999999Z"));
        assertThat(list(texts.events())).containsExactly(old, early, late, same, last);
        assertThat(texts.first()).contains(old);
        assertThat(texts.last()).contains(last);
        assertThat(late.at()).isEqualTo(noon(2));
        assertThat(late.id()).startsWith("2026-11-29T12:00:00.000000002Z-");
        assertThat(texts.find(late.id())).contains(late);
        assertThat(texts.find("nothing")).isEmpty();
        assertThat(texts.count()).isEqualTo(5);
        TimeRange around = TimeRange.since(noon(-1)).to(noon(2));
        assertThat(values(texts, around)).containsExactly("early");
        assertThat(texts.count(around)).isEqualTo(1);
        assertThat(values(texts, TimeRange.since(noon(0)))).containsExactly("late", "same", "last");
        assertThat(values(texts, TimeRange.all().to(noon(3)).reversed()))
                .containsExactly("same", "late", "early", "old");
        assertThat(values(texts, TimeRange.since(Instant.MIN).to(Instant.MAX))).hasSize(5);
        assertThat(values(texts, TimeRange.since(Instant.MAX))).isEmpty();
        assertThat(values(texts, TimeRange.since(noon(2)).to(noon(2)))).isEmpty();
        reopenIfPossible();
        assertThat(values(texts())).containsExactly("old", "early", "late", "same", "last");
    }

    @Test
    void whatHappensNowIsAppendedInItsOrder() {
        List<Event<String>> events = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            events.add(texts().append("e" + i));
        }
        events.addAll(texts().appendAll(List.of("x", "y", "z")));
        assertThat(list(texts().events())).containsExactlyElementsOf(events);
        assertThat(list(texts().events(TimeRange.all().reversed()))).containsExactlyElementsOf(events.reversed());
        assertThat(texts().appendAll(List.of())).isEmpty();
    }

    @Test
    void anyOrderOfMomentsIsReadByMoments() {
        SplittableRandom random = new SplittableRandom(7);
        List<Event<String>> events = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            events.add(
                    texts().append("e" + i, Instant.ofEpochSecond(random.nextLong(-1_000, 1_000), random.nextInt(3))));
        }
        events.sort(Comparator.comparing(Event::at)); // stable, as ids are
        assertThat(list(texts().events())).containsExactlyElementsOf(events);
        Instant from = Instant.ofEpochSecond(-300);
        Instant to = Instant.ofEpochSecond(299, 1);
        assertThat(list(texts().events(TimeRange.since(from).to(to))))
                .containsExactlyElementsOf(events.stream()
                        .filter(event ->
                                !event.at().isBefore(from) && event.at().isBefore(to))
                        .toList());
    }

    @Test
    void pagesGoOnWhereTheLastOneEnded() {
        for (int i = 0; i < 7; i++) {
            texts().append("e" + i, noon(i / 3));
        }
        for (TimeRange which : List.of(TimeRange.all(), TimeRange.all().reversed(), TimeRange.since(noon(1)))) {
            List<Event<String>> all = new ArrayList<>();
            Optional<TimeRange> next = Optional.of(which);
            while (next.isPresent()) {
                EventPage<String> page = texts().page(next.get(), 2);
                assertThat(page.events()).hasSizeBetween(1, 2);
                all.addAll(page.events());
                next = page.next();
            }
            assertThat(all).isEqualTo(list(texts().events(which)));
        }
        assertThatThrownBy(() -> texts().page(TimeRange.all(), 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void eventsAreRemovedAndTrimmed() {
        Event<String> first = texts().append("a", noon(1));
        texts().append("b", noon(2));
        texts().append("c", noon(3));
        assertThat(texts().remove(first.id())).isTrue();
        assertThat(texts().remove(first.id())).isFalse();
        assertThat(texts().remove("nothing")).isFalse();
        assertThat(texts().trim(noon(3))).isEqualTo(1);
        assertThat(values(texts())).containsExactly("c");
        texts().clear();
        assertThat(texts().count()).isZero();
    }

    @Test
    void indexesAndQueriesFindEvents() {
        EventLog<Click> clicks = db.eventLog("clicks", Click.class);
        Event<Click> slow = clicks.append(new Click("home", 900), noon(1));
        clicks.append(new Click("home", 20), noon(2));
        db.projections().create("slow", ProjectionDefinition.from("clicks").index("millis"));
        assertThat(db.query("clicks").where("millis > 500").rows().map(clicks::event))
                .containsExactly(slow);
        assertThat(db.query("clicks").keys("2026-11-29T12*").count()).isEqualTo(2);
    }

    @Test
    void branchesThatAppendMerge() {
        texts().append("base", noon(0));
        db.commit("base");
        Branch draft = db.branch("draft", db.head());
        draft.eventLog("texts", String.class).append("theirs", noon(1));
        draft.commit("theirs");
        texts().append("ours", noon(1));
        Commit version = db.commit("ours");
        assertThat(db.merge("draft", Merge.into("main"))).isInstanceOf(MergeOutcome.Merged.class);
        assertThat(values(texts())).containsExactlyInAnyOrder("base", "theirs", "ours");
        assertThat(values(db.at(version.id().hex()).eventLog("texts", String.class)))
                .containsExactly("base", "ours");
    }

    @Test
    void takesPartInTransactions() {
        db.transact(transaction -> {
            EventLog<String> log = transaction.eventLog("texts", String.class);
            log.append("a");
            transaction.dict("last", String.class).put("text", "a");
            assertThat(values(log)).containsExactly("a");
            assertThat(values(texts())).isEmpty();
            incorrect(ErrorCode.NOT_IN_TRANSACTION, () -> log.watch(FeedStart.now()));
            incorrect(
                    ErrorCode.NOT_IN_TRANSACTION,
                    () -> log.live(Duration.ofSeconds(1), Duration.ofSeconds(1), Collectors.counting()));
            return true;
        });
        assertThat(values(texts())).containsExactly("a");
        assertThatThrownBy(() -> texts().batched(log -> {
                    log.append("b");
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        assertThat(values(texts())).containsExactly("a");
    }

    @Test
    void whatIsDumpedIsLoaded() throws IOException {
        texts().append("a", noon(1));
        texts().append("b\n", noon(1));
        for (DumpFormat format : DumpFormat.values()) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            assertThat(texts().dump(out, format)).isEqualTo(2);
            EventLog<String> copy = db.eventLog("copy" + format, String.class);
            copy.append("there");
            assertThat(load(copy, out.toString(UTF_8), format, LoadMode.REPLACE))
                    .isEqualTo(2);
            assertThat(list(copy.events())).isEqualTo(list(texts().events()));
            assertThat(load(copy, out.toString(UTF_8), format, LoadMode.ADD)).isEqualTo(2);
            assertThat(list(copy.events())).isEqualTo(list(texts().events()));
        }
        assertThat(load(
                        texts(),
                        "{\"value\":\"first\",\"at\":\"2000-01-01T00:00:00Z\"}\n{\"value\":\"now\"}",
                        DumpFormat.LINES,
                        LoadMode.ADD))
                .isEqualTo(2);
        assertThat(texts().first().orElseThrow().value()).isEqualTo("first");
        assertThat(texts().count()).isEqualTo(4);
        for (String bad : List.of("{}", "{\"value\":\"x\",\"id\":\"short\"}", "{\"value\":\"x\",\"at\":5}", "[]")) {
            incorrect(
                    ErrorCode.INVALID_IMPORT,
                    () -> load(texts(), "{\"value\":\"good\"}\n" + bad, DumpFormat.LINES, LoadMode.REPLACE));
        }
        incorrect(
                ErrorCode.VALUE_MISFIT,
                () -> load(texts(), "{\"value\":\"good\"}\n{\"value\":[]}", DumpFormat.LINES, LoadMode.REPLACE));
        assertThat(texts().count()).isEqualTo(4);
    }

    private static long load(EventLog<?> log, String text, DumpFormat format, LoadMode mode) throws IOException {
        return log.load(new ByteArrayInputStream(utf8(text)), format, mode);
    }

    @Test
    void whoFollowsIsToldInTheOrderOfAppending() throws InterruptedException {
        texts().append("before");
        BlockingQueue<LogChange<String>> told = new LinkedBlockingQueue<>();
        try (StructureFeed<LogChange<String>> feed = texts().watch(FeedStart.now());
                Listening _ = texts().on(told::add)) {
            Event<String> late = texts().append("late", noon(5));
            Event<String> early = texts().append("early", noon(1));
            texts().remove(late.id());
            assertThat(feed.next()).containsExactly(new LogChange.Appended<>(late));
            String token = feed.token();
            assertThat(feed.next()).containsExactly(new LogChange.Appended<>(early));
            assertThat(feed.next()).containsExactly(new LogChange.Removed<>(late));
            assertThat(told.take()).isEqualTo(new LogChange.Appended<>(late));
            try (StructureFeed<LogChange<String>> again = texts().watch(FeedStart.after(token))) {
                assertThat(again.next()).containsExactly(new LogChange.Appended<>(early));
            }
        }
        try (StructureFeed<LogChange<String>> all = texts().watch(FeedStart.beginning())) {
            assertThat(all.next()).hasSize(2);
        }
    }

    @Test
    void retentionIsKeptWithTheLog() {
        assertThat(texts().retention()).isEqualTo(Retention.forever());
        Retention bounds = Retention.ofAge(Duration.ofDays(7)).withEvents(1_000);
        texts().retain(bounds);
        assertThat(texts().retention()).isEqualTo(bounds);
        db.structures().rename("texts", "words");
        assertThat(db.eventLog("words", String.class).retention()).isEqualTo(bounds);
        db.eventLog("words", String.class).retain(Retention.forever());
        assertThat(db.eventLog("words", String.class).retention()).isEqualTo(Retention.forever());
    }

    @Test
    void badInputIsRefusedAndNothingIsWritten() {
        EventLog<Object> any = db.eventLog("any");
        incorrect(ErrorCode.INVALID_KEY, () -> any.append("x", Instant.parse("-0001-12-31T23:59:59Z")));
        incorrect(ErrorCode.INVALID_KEY, () -> any.append("x", Instant.parse("+10000-01-01T00:00:00Z")));
        incorrect(ErrorCode.VALUE_MISFIT, () -> any.append(Double.NaN));
        incorrect(ErrorCode.VALUE_MISFIT, () -> any.appendAll(List.of("good", "\uD83D")));
        assertThatThrownBy(() -> Retention.ofAge(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Retention.ofEvents(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> any.live(Duration.ZERO, Duration.ofSeconds(1), Collectors.counting()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(any.count()).isZero();
        texts().append("a");
        incorrect(ErrorCode.OTHER_STRUCTURE, () -> db.dict("texts"));
        incorrect(ErrorCode.OTHER_STRUCTURE, () -> db.eventLog("texts", Integer.class));
        db.space("texts").put("stray", "1");
        incorrect(ErrorCode.VALUE_MISFIT, () -> list(texts().events()));
    }
}
