package coppice.bench;

import coppice.bench.peer.Peers;
import coppice.bench.search.NumpyVectors;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/// Carries out a plan: round after round, in each every workload, in each every store after the other, so that
/// what slows the machine for a while slows all of them. A store that fails is noted, and the run goes on.
final class Runs {
    private final Plan plan;
    private final PrintStream progress;

    Runs(Plan plan, PrintStream progress) {
        this.plan = plan;
        this.progress = progress;
    }

    /// Measures everything and leaves the samples in the plan's results file.
    Results run() throws IOException, InterruptedException {
        Files.createDirectories(plan.directory());
        Files.createDirectories(plan.results().toAbsolutePath().getParent());
        Files.writeString(plan.results(), JsonLine.write(MachineFacts.collect(plan)) + "\n");
        if (plan.peers().contains(Peers.NUMPY) && NumpyVectors.version().isEmpty()) {
            progress.println("numpy is left out: there is no python3 here that has it");
        }
        long began = System.nanoTime();
        for (int round = 1; round <= plan.rounds(); round++) {
            double elapsed = (System.nanoTime() - began) / 1e9;
            double aRound = round == 1 ? 0 : elapsed / (round - 1);
            if (round > 1 && elapsed + aRound > plan.budgetSeconds()) {
                break;
            }
            for (Workload workload : plan.workloads()) {
                for (long records : sizes(workload, round)) {
                    inTurn(round, workload, records);
                }
            }
        }
        return Results.read(plan.results());
    }

    private List<Long> sizes(Workload workload, int round) {
        boolean rare = round <= plan.rareRounds();
        List<Long> sizes = new ArrayList<>();
        boolean usual = switch (workload) {
            case DISK, SMALL_HEAP, INSPECT, EXCHANGE, COLLECT, CHECK, INDEX_SMALL_HEAP -> rare;
            case HEAP -> false;
            case LOAD, BATCH, PUT_1, PUT_8, PUT_8_VIRTUAL, READ, SCAN, UPDATE, OPEN, COMMIT, BRANCH, MERGE -> true;
            case INDEX_WRITE, INDEX_BUILD, INDEX_READ, INDEX_ADVANCE, INDEX_SWITCH, GROUP, WATCH -> true;
            case DICT, QUEUE, WAKE, WAITERS, LIST, BLOB -> true;
            case TEXT, FIND, NEAR, NARROW, GRAPH, SEARCH_VERSIONS -> true;
        };
        if (usual) {
            sizes.add(plan.records());
        }
        if (rare && plan.manyRecords() > 0 && (workload == Workload.HEAP || workload == Workload.OPEN)) {
            sizes.add(plan.manyRecords());
        }
        return sizes;
    }

    private void inTurn(int round, Workload workload, long records) throws IOException, InterruptedException {
        List<String> peers = new ArrayList<>(plan.peers());
        peers.removeIf(
                peer -> peer.equals(Peers.NUMPY) && NumpyVectors.version().isEmpty());
        Collections.rotate(peers, round - 1); // nobody is always first
        for (String peer : peers) {
            if (workload.suits(peer)) {
                progress.printf(Locale.ROOT, "round %d  %-18s%-9s", round, workload, peer);
                progress.flush();
                long began = System.nanoTime();
                measure(round, workload, records, peer);
                progress.printf(Locale.ROOT, "%6.1f s%n", (System.nanoTime() - began) / 1e9);
            }
        }
    }

    private void measure(int round, Workload workload, long records, String peer)
            throws IOException, InterruptedException {
        Path directory = Directories.fresh(plan.directory(), peer);
        long acknowledged = -1;
        for (Task task : workload.tasks()) {
            var trial = new Trial(
                    peer,
                    task,
                    records,
                    plan.seconds(),
                    workload.cacheBytes(),
                    plan.idleSeconds(),
                    plan.quietSeconds(),
                    acknowledged,
                    directory);
            var process = ChildProcess.run(trial, workload.virtualMachine());
            acknowledged = process.acknowledged();
            List<Sample> samples = new ArrayList<>();
            process.values()
                    .forEach(value -> samples.add(
                            new Sample(round, peer, records, value.metric(), value.value(), value.foreignCores(), "")));
            if (!process.failure().isEmpty()) {
                progress.println("FAILED in " + task + ": " + process.failure());
                samples.add(new Sample(round, peer, records, Metric.FAILED, 1, 0, task + ": " + process.failure()));
            }
            for (Sample sample : samples) {
                Files.writeString(plan.results(), JsonLine.write(sample.fields()) + "\n", StandardOpenOption.APPEND);
            }
            if (!process.failure().isEmpty()) {
                break;
            }
        }
        Directories.delete(directory);
    }
}
