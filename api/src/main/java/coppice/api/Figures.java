package coppice.api;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// The figures of [DatabaseStats] under plain names.
final class Figures {
    private final SequencedMap<String, Long> all = new LinkedHashMap<>();
    private String area = "";

    private Figures() {}

    static SequencedMap<String, Long> of(DatabaseStats stats) {
        Figures figures = new Figures();
        figures.data(stats.data());
        figures.history(stats.history());
        figures.chunks(stats.chunks());
        figures.disk(stats.disk());
        figures.io(stats.io());
        figures.cache(stats.cache());
        figures.journal(stats.journal());
        figures.upkeep(stats.upkeep());
        stats.latencies().forEach(figures::latency);
        return figures.all;
    }

    private Figures in(String name) {
        area = name;
        return this;
    }

    private Figures with(String name, long figure) {
        all.put(area + "." + name, figure);
        return this;
    }

    private void data(DatabaseStats.Data data) {
        in("data")
                .with("keys", data.keys())
                .with("spaces", data.spaces().size())
                .with("unfoldedBytes", data.unfoldedBytes());
    }

    private void history(DatabaseStats.History history) {
        in("history")
                .with("commits", history.commits())
                .with("branches", history.branches())
                .with("tags", history.tags())
                .with("remoteBranches", history.remoteBranches())
                .with("stashes", history.stashes());
    }

    private void chunks(DatabaseStats.Chunks chunks) {
        in("chunks")
                .with("count", chunks.count())
                .with("bytes", chunks.bytes())
                .with("storedBytes", chunks.storedBytes())
                .with("packs", chunks.packs())
                .with("waiting", chunks.waiting());
    }

    private void disk(DatabaseStats.Disk disk) {
        in("disk")
                .with("packs", disk.packs())
                .with("indexes", disk.indexes())
                .with("journal", disk.journal())
                .with("spares", disk.spares())
                .with("other", disk.other())
                .with("total", disk.total());
    }

    private void io(DatabaseStats.Io io) {
        in("io").with("reads", io.reads())
                .with("readBytes", io.readBytes())
                .with("writes", io.writes())
                .with("writtenBytes", io.writtenBytes())
                .with("syncs", io.syncs());
    }

    private void cache(DatabaseStats.Cache cache) {
        in("cache")
                .with("limitBytes", cache.limitBytes())
                .with("bytes", cache.bytes())
                .with("nodes", cache.nodes())
                .with("misses", cache.misses())
                .with("evictions", cache.evictions());
    }

    private void journal(DatabaseStats.Journal journal) {
        in("journal")
                .with("records", journal.records())
                .with("groups", journal.groups())
                .with("bytes", journal.bytes())
                .with("replayBytes", journal.replayBytes())
                .with("unsyncedBytes", journal.unsyncedBytes());
    }

    private void upkeep(DatabaseStats.Upkeep upkeep) {
        in("upkeep")
                .with("checkpoints", upkeep.checkpoints())
                .with(
                        "lastCheckpoint",
                        upkeep.lastCheckpoint().map(Instant::toEpochMilli).orElse(0L))
                .with("checkpointing", upkeep.checkpointing() ? 1 : 0)
                .with("collections", upkeep.collections())
                .with("collecting", upkeep.collecting() ? 1 : 0);
    }

    private void latency(Operation operation, Latency latency) {
        in("latency." + operation.label())
                .with("calls", latency.calls())
                .with("measured", latency.measured())
                .with("min", latency.minNanos())
                .with("mean", Math.round(latency.meanNanos()))
                .with("p50", latency.percentile(50))
                .with("p90", latency.percentile(90))
                .with("p99", latency.percentile(99))
                .with("p99.9", latency.percentile(99.9))
                .with("max", latency.maxNanos());
    }
}
