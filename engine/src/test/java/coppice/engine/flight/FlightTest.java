package coppice.engine.flight;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.Coppice;
import coppice.api.Database;
import coppice.api.DatabaseStats;
import coppice.api.Fetch;
import coppice.api.Latency;
import coppice.api.Merge;
import coppice.api.Operation;
import coppice.api.Options;
import coppice.api.Push;
import coppice.engine.Opening;
import coppice.engine.storage.Machine;
import coppice.kernel.platform.Clock;
import coppice.kernel.platform.Entropy;
import coppice.kernel.platform.MemoryDisk;
import coppice.kernel.platform.Task;
import coppice.kernel.platform.Tasks;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a flight recorder is told.
class FlightTest {
    @TempDir
    Path directory;

    private final Recording recording = new Recording();

    @BeforeEach
    void record() {
        recording.setToDisk(false);
        recording.start();
    }

    private List<RecordedEvent> stop() throws IOException {
        try (recording) {
            Path file = directory.resolve("events.jfr");
            recording.dump(file);
            return RecordingFile.readAllEvents(file).stream()
                    .filter(event -> event.getEventType().getName().startsWith("coppice."))
                    .toList();
        }
    }

    private static List<RecordedEvent> named(List<RecordedEvent> events, String name) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals("coppice." + name))
                .toList();
    }

    @Test
    void commitsMergesCheckpointsAndCollectionsAreTold() throws IOException {
        try (Database db = Coppice.open("mem:")) {
            db.branch("side", "main");
            for (String name : List.of("main", "side")) {
                db.branch(name).space("s").put("a", name);
                db.branch(name).commit("by " + name);
            }
            db.merge("side", Merge.into("main"));
            db.merge("main", Merge.into("main"));
            db.checkpoint();
            db.gc();
            String head = db.head().id().hex();
            DatabaseStats stats = db.stats();
            List<RecordedEvent> events = stop();

            List<RecordedEvent> commits = named(events, "Commit");
            assertThat(commits).hasSize(2);
            assertThat(commits.getFirst().getString("branch")).isEqualTo("main");
            assertThat(commits.getFirst().getString("action")).isEqualTo("commit");
            assertThat(commits.getFirst().getString("commit")).isEqualTo(head);
            assertThat(commits.getFirst().getLong("foldedBytes")).isPositive();
            assertThat(commits.getFirst().getDuration()).isPositive();

            List<RecordedEvent> merges = named(events, "Merge");
            assertThat(merges)
                    .extracting(event -> event.getString("outcome"))
                    .containsExactly("conflicted", "up to date");
            assertThat(merges.getFirst().getString("source")).isEqualTo("side");
            assertThat(merges.getFirst().getString("into")).isEqualTo("main");
            assertThat(merges.getFirst().getLong("conflicts")).isOne();
            assertThat(merges.getLast().getString("commit")).isEqualTo(head);

            assertThat(named(events, "Checkpoint")).hasSize((int) stats.upkeep().checkpoints());
            assertThat(named(events, "Checkpoint").getFirst().getInt("branches"))
                    .isEqualTo(3);
            assertThat(named(events, "Checkpoint").getFirst().getLong("journalBytes"))
                    .isPositive();
            List<RecordedEvent> collections = named(events, "GarbageCollection");
            assertThat(collections).hasSize((int) stats.upkeep().collections());
            assertThat(collections.getLast().getLong("liveChunks"))
                    .isEqualTo(stats.upkeep().lastCollection().orElseThrow().liveChunks());
            assertThat(collections.getLast().getInt("generation")).isEqualTo(2);
        }
    }

    @Test
    void recoveryAndTransfersAreTold() throws IOException {
        MemoryDisk disk = new MemoryDisk();
        Database left = Opening.open(Machine.real(disk), "left", Options.defaults());
        left.space("s").put("a", "1");
        left.commit("one");
        String other = directory.resolve("other").toString();
        try (Database remote = Coppice.open(other)) {
            remote.space("s").put("b", "2");
            remote.commit("two");
            left.remotes().add("origin", other);
            left.remotes().fetch("origin", Fetch.all());
            left.remotes().push("origin", Push.branch("main").to("copy"));
        }
        left.close();
        Opening.open(Machine.real(disk), "left", Options.defaults()).close();
        List<RecordedEvent> events = stop();

        List<RecordedEvent> transfers = named(events, "Transfer");
        assertThat(transfers).extracting(event -> event.getString("action")).containsExactly("fetch", "push");
        assertThat(transfers).allSatisfy(event -> {
            assertThat(event.getString("remote")).isEqualTo("origin");
            assertThat(event.getLong("chunks")).isPositive();
            assertThat(event.getLong("bytes")).isPositive();
            assertThat(event.getLong("commits")).isPositive();
        });
        List<RecordedEvent> recoveries = named(events, "Recovery");
        assertThat(recoveries).extracting(event -> event.getString("location")).containsExactly("left", other, "left");
        assertThat(recoveries.getLast().getLong("records"))
                .as("after an orderly close")
                .isZero();
        assertThat(recoveries.getLast().getBoolean("torn")).isFalse();
    }

    /// Real tasks, of which a checkpoint waits to be let go.
    private record HeldTasks(CountDownLatch latch) implements Tasks {
        @Override
        public Task start(String name, Runnable body) {
            return Tasks.threads().start(name, name.equals("coppice-checkpoint") ? () -> hold(body) : body);
        }

        private void hold(Runnable body) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            body.run();
        }

        @Override
        public Task every(String name, Duration pause, Runnable body) {
            return Tasks.threads().every(name, pause, body);
        }

        @Override
        public void sleep(Duration duration) {
            Tasks.threads().sleep(duration);
        }
    }

    @Test
    void aWriterThatIsHeldBackIsTold() throws IOException, InterruptedException {
        CountDownLatch latch = new CountDownLatch(1);
        Machine machine = new Machine(new MemoryDisk(), new HeldTasks(latch), Clock.system(), Entropy.secure());
        try (Database db = Opening.open(machine, "held", Options.defaults().withMemoryBytes(16 << 20))) {
            Thread writer = Thread.ofPlatform().name("writer").start(() -> {
                for (int i = 0; i < 16; i++) {
                    db.space("s").put(new byte[] {(byte) i}, new byte[1 << 20]);
                }
            });
            while (writer.getState() != Thread.State.WAITING) {
                assertThat(writer.isAlive()).as("it is not held back").isTrue();
                Thread.onSpinWait();
            }
            latch.countDown();
            writer.join();
            Latency stalls = db.stats().latency(Operation.STALL);
            assertThat(stalls.calls()).isPositive();
            List<RecordedEvent> events = named(stop(), "Stall");
            assertThat(events).hasSize((int) stalls.calls());
            assertThat(events.getFirst().getThread().getJavaName()).isEqualTo("writer");
            assertThat(events.getFirst().getStackTrace()).isNotNull();
        }
    }
}
