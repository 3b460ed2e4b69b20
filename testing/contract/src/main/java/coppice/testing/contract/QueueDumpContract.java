package coppice.testing.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import coppice.api.ErrorCode;
import coppice.api.feed.FeedStart;
import coppice.api.structure.Delivery;
import coppice.api.structure.DumpFormat;
import coppice.api.structure.Job;
import coppice.api.structure.JobOptions;
import coppice.api.structure.JobState;
import coppice.api.structure.Listening;
import coppice.api.structure.LoadMode;
import coppice.api.structure.QueueChange;
import coppice.api.structure.QueueCounts;
import coppice.api.structure.QueueOptions;
import coppice.api.structure.StructureFeed;
import coppice.api.structure.WorkQueue;
import coppice.api.structure.WorkQueueView;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Queues as text, and back; and who follows them.
@Timeout(60)
abstract class QueueDumpContract extends Contract {
    private static final Duration LONG = Duration.ofDays(1);
    private static final JobOptions PLAIN = JobOptions.defaults();

    private WorkQueue<String> texts() {
        return db.queue("texts", String.class).with(QueueOptions.defaults().withAttempts(1));
    }

    private static String dumped(WorkQueueView<?> queue, DumpFormat format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(queue.dump(out, format)).isEqualTo(queue.counts().total());
        return out.toString(UTF_8);
    }

    private static long load(WorkQueue<?> queue, String text, DumpFormat format, LoadMode mode) throws IOException {
        return queue.load(new ByteArrayInputStream(utf8(text)), format, mode);
    }

    private static List<Job<String>> jobs(WorkQueueView<String> queue, JobState state) {
        try (Stream<Job<String>> jobs = queue.jobs(state)) {
            return jobs.toList();
        }
    }

    /// One job in each state.
    private String leased() {
        texts().nack(delivery("dead").receipt());
        String leased = delivery("leased").id();
        texts().put("ready", PLAIN.withPriority(-1.5).withKey("k"));
        texts().put("delayed", PLAIN.withDelay(LONG));
        return leased;
    }

    private Delivery<String> delivery(String value) {
        texts().put(value);
        return texts().poll().orElseThrow();
    }

    @Test
    void whatIsDumpedIsLoadedWithItsPlaceAndHowItStands() throws IOException {
        String leased = leased();
        assertThat(texts().counts()).isEqualTo(new QueueCounts(1, 1, 1, 1));
        assertThat(texts().count()).isEqualTo(4);
        for (DumpFormat format : DumpFormat.values()) {
            WorkQueue<String> copy = db.queue("copy" + format, String.class);
            copy.put("there");
            assertThat(load(copy, dumped(texts(), format), format, LoadMode.REPLACE))
                    .isEqualTo(4);
            assertThat(jobs(copy, JobState.READY))
                    .extracting(Job::value, Job::priority, Job::key, Job::attempts)
                    .containsExactly(
                            tuple("ready", -1.5, Optional.of("k"), 0), tuple("leased", 0.0, Optional.empty(), 1));
            assertThat(jobs(copy, JobState.READY).get(1).id()).isEqualTo(leased);
            assertThat(jobs(copy, JobState.DELAYED)).isEqualTo(jobs(texts(), JobState.DELAYED));
            assertThat(jobs(copy, JobState.DEAD)).isEqualTo(jobs(texts(), JobState.DEAD));
            assertThat(load(copy, dumped(texts(), format), format, LoadMode.ADD))
                    .as("all that is there is replaced by itself")
                    .isEqualTo(4);
            assertThat(copy.counts()).isEqualTo(new QueueCounts(2, 1, 0, 1));
        }
    }

    @Test
    void itemsWithoutIdsAreNewJobs() throws IOException {
        texts().put("first", PLAIN.withKey("k"));
        String lines =
                "{\"value\":\"second\"}\n{\"value\":\"third\",\"priority\":1e1}\n{\"value\":\"no\",\"key\":\"k\"}";
        assertThat(load(texts(), lines, DumpFormat.LINES, LoadMode.ADD)).isEqualTo(2);
        assertThat(jobs(texts(), JobState.READY))
                .extracting(Job::value, Job::priority)
                .containsExactly(tuple("first", 0.0), tuple("second", 0.0), tuple("third", 10.0));
    }

    @Test
    void aDumpIsLoadedAsAWholeOrNotAtAll() throws IOException {
        texts().put("first");
        for (String bad : List.of(
                "{}",
                "{\"value\":\"x\",\"id\":\"short\"}",
                "{\"value\":\"x\",\"state\":\"lost\"}",
                "{\"value\":\"x\",\"state\":\"delayed\"}",
                "{\"value\":\"x\",\"attempts\":-1}",
                "{\"value\":\"x\",\"attempts\":1.5}",
                "{\"value\":\"x\",\"priority\":1e999}",
                "{\"value\":\"x\",\"priority\":\"high\"}",
                "{\"value\":\"x\",\"put\":\"soon\"}",
                "[]")) {
            String lines = "{\"value\":\"good\"}\n" + bad;
            incorrect(ErrorCode.INVALID_IMPORT, () -> load(texts(), lines, DumpFormat.LINES, LoadMode.REPLACE));
        }
        incorrect(
                ErrorCode.VALUE_MISFIT,
                () -> load(texts(), "{\"value\":\"good\"}\n{\"value\":[]}", DumpFormat.LINES, LoadMode.REPLACE));
        incorrect(
                ErrorCode.INVALID_KEY,
                () -> load(
                        texts(),
                        "{\"value\":\"x\",\"key\":\"" + "k".repeat(1001) + "\"}",
                        DumpFormat.LINES,
                        LoadMode.REPLACE));
        incorrect(
                ErrorCode.INVALID_IMPORT,
                () -> load(texts(), "{\"kind\":\"dict\",\"items\":[]}", DumpFormat.JSON, LoadMode.ADD));
        assertThat(jobs(texts(), JobState.READY)).extracting(Job::value).containsExactly("first");
    }

    @Test
    void whoFollowsIsToldOfWhatComesAndGoes() {
        try (StructureFeed<QueueChange<String>> feed = texts().watch(FeedStart.now())) {
            String id = texts().put("a");
            assertThat(feed.next()).containsExactly(new QueueChange.Put<>(id, "a"));
            Delivery<String> delivery = texts().get();
            assertThat(feed.poll()).as("to get a job is no change").isEmpty();
            texts().ack(delivery.receipt());
            assertThat(feed.next()).containsExactly(new QueueChange.Removed<>(id, "a"));
        }
    }

    @Test
    void callbacksAreTold() throws InterruptedException {
        BlockingQueue<QueueChange<String>> told = new LinkedBlockingQueue<>();
        try (Listening _ = texts().on(told::add)) {
            String id = texts().put("a");
            assertThat(told.take()).isEqualTo(new QueueChange.Put<>(id, "a"));
            texts().take();
            assertThat(told.take()).isEqualTo(new QueueChange.Removed<>(id, "a"));
        }
    }
}
