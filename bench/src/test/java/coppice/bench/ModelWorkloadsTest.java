package coppice.bench;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.bench.peer.Peers;
import coppice.bench.search.NumpyVectors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each workload on people, structures, articles and vectors runs, at a tiny size, for each store that it suits,
/// and says what it is there to say.
class ModelWorkloadsTest {
    private static final int RECORDS = 1_000;
    private static final double SECONDS = 0.02;

    /// So many at a time, each of which has a heap of its own.
    private static final int PROCESSES = 8;

    @TempDir
    Path directory;

    @Test
    void eachMeasuresWhatItIsThereForOnEachStoreThatItSuits() throws Exception {
        List<Callable<Run>> runs = new ArrayList<>();
        List<String> peers = new ArrayList<>(Peers.ALL);
        peers.removeIf(
                peer -> peer.equals(Peers.NUMPY) && NumpyVectors.version().isEmpty());
        EnumSet.range(Workload.INDEX_WRITE, Workload.SEARCH_VERSIONS)
                .forEach(workload ->
                        peers.stream().filter(workload::suits).forEach(peer -> runs.add(() -> run(workload, peer))));
        assertThat(runs).hasSize(peers.contains(Peers.NUMPY) ? 40 : 38);
        try (var executor = Executors.newFixedThreadPool(PROCESSES)) {
            for (Future<Run> run : executor.invokeAll(runs)) {
                ChildProcess process = run.get().process();
                assertThat(process.failure()).as(run.get().name()).isEmpty();
                assertThat(process.values().stream()
                                .map(ChildProcess.Value::metric)
                                .collect(Collectors.toSet()))
                        .as(run.get().name())
                        .isEqualTo(run.get().expected());
            }
        }
    }

    /// What a child process came to.
    private record Run(Workload workload, String peer, ChildProcess process) {
        String name() {
            return workload + " of " + peer;
        }

        Set<Metric> expected() {
            return metrics(workload, peer);
        }
    }

    private Run run(Workload workload, String peer) throws Exception {
        Path place = Files.createDirectories(directory.resolve(workload + peer));
        Task task = workload.tasks().getFirst();
        Trial trial = new Trial(peer, task, RECORDS, SECONDS, workload.cacheBytes(), 0, 0, -1, place);
        return new Run(workload, peer, ChildProcess.run(trial, workload.virtualMachine()));
    }

    private static Set<Metric> metrics(Workload workload, String peer) {
        return switch (workload) {
            case INDEX_WRITE -> EnumSet.range(Metric.INDEX_WRITE, Metric.INDEX_WRITE_EACH);
            case INDEX_BUILD -> EnumSet.of(Metric.INDEX_BUILD_CITY, Metric.INDEX_BUILD_EMAIL);
            case INDEX_SMALL_HEAP -> EnumSet.of(Metric.INDEX_SMALL_HEAP);
            case INDEX_READ -> EnumSet.range(Metric.INDEX_GET, Metric.INDEX_RANGE_KEYS);
            case INDEX_ADVANCE -> EnumSet.range(Metric.ADVANCE_CITY, Metric.ADVANCE_TOTALS_COMMIT);
            case INDEX_SWITCH -> EnumSet.range(Metric.SWITCH_1, Metric.SWITCH_CURRENT);
            case GROUP ->
                peer.equals(Peers.COPPICE)
                        ? EnumSet.range(Metric.GROUP_READ, Metric.GROUP_COST_EACH)
                        : EnumSet.of(Metric.GROUP_READ);
            case WATCH -> EnumSet.range(Metric.WATCH_DURABLE, Metric.WATCH_IDLE);
            case DICT -> EnumSet.range(Metric.DICT_GET, Metric.DICT_8_TO_1_WRITTEN);
            case QUEUE -> EnumSet.range(Metric.QUEUE, Metric.QUEUE_TAKEN_WRITTEN);
            case WAKE ->
                peer.equals(Peers.COPPICE)
                        ? EnumSet.range(Metric.WAKE_CONSUMER, Metric.WAKE_LOCK_99)
                        : EnumSet.of(Metric.WAKE_CONSUMER, Metric.WAKE_CONSUMER_99);
            case WAITERS -> EnumSet.range(Metric.WAITERS_WRITES, Metric.WAITERS_HEAP);
            case LIST -> EnumSet.range(Metric.LIST_PUSH, Metric.LIST_GET_AGAIN);
            case BLOB -> EnumSet.range(Metric.BLOB_PUT, Metric.BLOB_GET_TO_FILE);
            case TEXT ->
                peer.equals(Peers.SQLITE)
                        ? EnumSet.range(Metric.TEXT_LOAD, Metric.TEXT_PREFIX_ALONE)
                        : EnumSet.range(Metric.TEXT_LOAD, Metric.TEXT_NEAR_ALONE);
            case FIND -> EnumSet.range(Metric.FIND, Metric.FIND_99);
            case NEAR -> EnumSet.range(Metric.NEAR, Metric.NEAR_BITS_RECALL);
            case NARROW -> EnumSet.range(Metric.NARROW, Metric.NARROW_BITS_RECALL);
            case GRAPH ->
                peer.equals(Peers.COPPICE)
                        ? EnumSet.range(Metric.GRAPH_LOAD, Metric.AWAY_GRAPH)
                        : EnumSet.range(Metric.GRAPH_LOAD, Metric.GRAPH_RECALL);
            case SEARCH_VERSIONS -> EnumSet.range(Metric.FRESH_WORDS, Metric.AWAY_VECTORS);
            default ->
                throw new IllegalArgumentException(workload + " is not on people, structures, articles or vectors");
        };
    }

    @Test
    void workloadsArePlannedByTheNamesThatHelpHas() {
        Plan plan =
                Plan.brief().with("--workloads", "index_write,index_read,group").with("--peers", "coppice,sqlite,h2");
        assertThat(plan.workloads()).containsExactly(Workload.INDEX_WRITE, Workload.INDEX_READ, Workload.GROUP);
        assertThat(Stream.of(Workload.values()).filter(workload -> workload.suits(Peers.H2)))
                .containsExactly(Workload.INDEX_WRITE, Workload.INDEX_BUILD, Workload.INDEX_READ, Workload.GROUP);
    }
}
