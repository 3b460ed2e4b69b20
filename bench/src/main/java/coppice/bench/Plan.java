package coppice.bench;

import coppice.bench.peer.Peers;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// What a run measures.
///
/// @param peers which stores, by name
/// @param workloads which workloads, in this order, in each round
/// @param records rows in the stores
/// @param manyRecords rows in the large stores of [Workload#OPEN] and [Workload#HEAP]; 0 leaves those out
/// @param rounds how often everything is repeated, stores alternating
/// @param rareRounds in how many of the rounds the long ones take part: the large stores, [Workload#DISK],
///     [Workload#SMALL_HEAP], [Workload#INSPECT], [Workload#EXCHANGE], [Workload#COLLECT],
///     [Workload#CHECK], [Workload#INDEX_SMALL_HEAP]
/// @param seconds how long timed loops run
/// @param idleSeconds how long a store may tidy up before its size is taken
/// @param quietSeconds how long to wait at most for a quiet machine before each timed part
/// @param budgetSeconds after which no further round is begun
/// @param directory where the stores are put
/// @param results the file of samples, which is replaced
record Plan(
        List<String> peers,
        List<Workload> workloads,
        long records,
        long manyRecords,
        int rounds,
        int rareRounds,
        double seconds,
        double idleSeconds,
        double quietSeconds,
        double budgetSeconds,
        Path directory,
        Path results) {

    /// What the writer that will be killed says before a batch's number.
    static final String ACKNOWLEDGED = "acknowledged";

    private static final Path DIRECTORY = Path.of(System.getProperty("java.io.tmpdir"), "coppice-bench");

    /// A look at the main rows in under two minutes.
    static Plan brief() {
        return new Plan(
                List.of(Peers.COPPICE, "rocksdb", "lmdb", Peers.BARE_LOG),
                List.of(
                        Workload.LOAD,
                        Workload.BATCH,
                        Workload.PUT_1,
                        Workload.PUT_8,
                        Workload.PUT_8_VIRTUAL,
                        Workload.READ,
                        Workload.SCAN,
                        Workload.UPDATE,
                        Workload.OPEN),
                200_000,
                0,
                3,
                0,
                0.6,
                0,
                0,
                55,
                DIRECTORY,
                DIRECTORY.resolve("short.jsonl"));
    }

    /// Everything; over an hour.
    static Plan full() {
        return new Plan(
                Peers.ALL,
                List.of(Workload.values()),
                1_000_000,
                10_000_000,
                5,
                1,
                3,
                60,
                20,
                Double.MAX_VALUE,
                DIRECTORY,
                DIRECTORY.resolve("full.jsonl"));
    }

    /// This plan with one thing changed, as the command line says it.
    Plan with(String option, String value) {
        return switch (option) {
            case "--peers" -> peers(split(value));
            case "--workloads" ->
                workloads(split(value).stream()
                        .map(name -> Workload.valueOf(name.toUpperCase(Locale.ROOT)))
                        .toList());
            case "--records" -> sizes(Long.parseLong(value), manyRecords);
            case "--many-records" -> sizes(records, Long.parseLong(value));
            case "--rounds" -> repeated(Integer.parseInt(value), rareRounds, Double.MAX_VALUE);
            case "--rare-rounds" -> repeated(rounds, Integer.parseInt(value), budgetSeconds);
            case "--budget" -> repeated(rounds, rareRounds, Double.parseDouble(value));
            case "--seconds" -> timed(Double.parseDouble(value), idleSeconds, quietSeconds);
            case "--idle" -> timed(seconds, Double.parseDouble(value), quietSeconds);
            case "--quiet" -> timed(seconds, idleSeconds, Double.parseDouble(value));
            case "--directory" -> at(Path.of(value), results);
            case "--results" -> at(directory, Path.of(value));
            default -> throw new IllegalArgumentException("there is no option " + option);
        };
    }

    private static List<String> split(String value) {
        return Arrays.asList(value.split(",", -1));
    }

    private Plan peers(List<String> names) {
        for (String name : names) {
            if (!Peers.ALL.contains(name)) {
                throw new IllegalArgumentException("no store is named " + name + "; there are " + Peers.ALL);
            }
        }
        return new Plan(
                names,
                workloads,
                records,
                manyRecords,
                rounds,
                rareRounds,
                seconds,
                idleSeconds,
                quietSeconds,
                budgetSeconds,
                directory,
                results);
    }

    private Plan workloads(List<Workload> chosen) {
        return new Plan(
                peers,
                chosen,
                records,
                manyRecords,
                rounds,
                rareRounds,
                seconds,
                idleSeconds,
                quietSeconds,
                budgetSeconds,
                directory,
                results);
    }

    private Plan sizes(long usual, long many) {
        return new Plan(
                peers,
                workloads,
                usual,
                many,
                rounds,
                rareRounds,
                seconds,
                idleSeconds,
                quietSeconds,
                budgetSeconds,
                directory,
                results);
    }

    private Plan repeated(int times, int rareTimes, double budget) {
        return new Plan(
                peers,
                workloads,
                records,
                manyRecords,
                times,
                rareTimes,
                seconds,
                idleSeconds,
                quietSeconds,
                budget,
                directory,
                results);
    }

    private Plan timed(double loop, double idle, double quiet) {
        return new Plan(
                peers,
                workloads,
                records,
                manyRecords,
                rounds,
                rareRounds,
                loop,
                idle,
                quiet,
                budgetSeconds,
                directory,
                results);
    }

    private Plan at(Path place, Path file) {
        return new Plan(
                peers,
                workloads,
                records,
                manyRecords,
                rounds,
                rareRounds,
                seconds,
                idleSeconds,
                quietSeconds,
                budgetSeconds,
                place,
                file);
    }
}
