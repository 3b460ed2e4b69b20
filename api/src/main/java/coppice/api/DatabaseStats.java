package coppice.api;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// Figures about an open database; see [Database#stats()]. An immutable value. The parts are read one after another,
/// so beside writers they may be some moments apart. What counts events counts since the database was opened.
///
/// @param data what the current branch holds
/// @param history what there is to go back to
/// @param chunks what is stored
/// @param disk where the bytes on disk are
/// @param io what was read from and written to disk
/// @param cache the nodes of trees in memory
/// @param journal the log of what happened since the last checkpoint
/// @param upkeep what the database does for itself
/// @param latencies how long calls took, of those operations that were called
public record DatabaseStats(
        Data data,
        History history,
        Chunks chunks,
        Disk disk,
        Io io,
        Cache cache,
        Journal journal,
        Upkeep upkeep,
        Map<Operation, Latency> latencies) {

    /// What the working state of the current branch holds.
    ///
    /// @param branch its name
    /// @param spaces from the name of a space to the number of its keys, in the order of names
    /// @param unfoldedBytes heap held by changes of all branches that are not folded into trees yet
    public record Data(String branch, SequencedMap<String, Long> spaces, long unfoldedBytes) {
        /// Copies the map.
        public Data {
            spaces = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(spaces));
        }

        /// The number of keys in all spaces.
        public long keys() {
            return spaces.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /// What refs name and reach.
    ///
    /// @param commits how many commits branches, tags, remotes and stashes reach, each counted once; of a shallow
    ///     clone those that stayed elsewhere are among them as far as the longest history has them
    /// @param branches how many branches there are
    /// @param tags how many tags
    /// @param remoteBranches how many branches of remotes are known
    /// @param stashes how many states were put aside
    public record History(long commits, long branches, long tags, long remoteBranches, long stashes) {}

    /// Chunks in packs: nodes of trees, commits, parts of long values. Dead ones are among them until they are
    /// collected.
    ///
    /// @param count how many
    /// @param bytes their lengths before compression
    /// @param storedBytes the length of the packs they are in
    /// @param packs how many packs there are
    /// @param waiting how many are in memory on their way into a pack, if none has them yet
    public record Chunks(long count, long bytes, long storedBytes, int packs, int waiting) {}

    /// The bytes of the files of the database, by kind. Of `mem:` databases, which keep theirs in the heap, as well.
    ///
    /// @param packs chunks
    /// @param indexes where in the packs they are
    /// @param journal journal segments in use
    /// @param spares journal segments kept for use, preallocated
    /// @param other the manifest, and files that are about to go
    public record Disk(long packs, long indexes, long journal, long spares, long other) {
        /// All together.
        public long total() {
            return packs + indexes + journal + spares + other;
        }
    }

    /// What the database asked of the file system.
    ///
    /// @param reads how many reads
    /// @param readBytes how many bytes they read
    /// @param writes how many writes
    /// @param writtenBytes how many bytes they wrote
    /// @param syncs how many times it waited until something was on stable storage
    public record Io(long reads, long readBytes, long writes, long writtenBytes, long syncs) {}

    /// The nodes of trees in memory. A read follows references from node to node, which is not counted: counting
    /// would cost as much as it. So there are no hits here, only what was not in memory; set against the calls of
    /// [Operation#GET] it says how warm reads are.
    ///
    /// @param limitBytes how much heap nodes may take, see [Options#memoryBytes()]
    /// @param bytes how much they take
    /// @param nodes how many there are
    /// @param misses how many nodes had to be read from chunks, for readers, writers and upkeep together
    /// @param evictions how many had to make room for others
    public record Cache(long limitBytes, long bytes, long nodes, long misses, long evictions) {}

    /// The journal.
    ///
    /// @param records how many records were appended
    /// @param groups how many groups they were written in; each was synced as a whole, if durability asks for it
    /// @param bytes how many bytes they took
    /// @param replayBytes how much would be replayed if the process died now
    /// @param unsyncedBytes how much of it the machine would lose if the power failed now
    public record Journal(long records, long groups, long bytes, long replayBytes, long unsyncedBytes) {}

    /// What the database does by itself, or was told to do.
    ///
    /// @param checkpoints how many checkpoints were taken
    /// @param lastCheckpoint when the last one ended
    /// @param checkpointing whether one is being taken
    /// @param collections how many times garbage was collected
    /// @param lastCollection what the last time found
    /// @param collecting whether garbage is being collected
    public record Upkeep(
            long checkpoints,
            Optional<Instant> lastCheckpoint,
            boolean checkpointing,
            long collections,
            Optional<GcReport> lastCollection,
            boolean collecting) {}

    /// Copies the map.
    public DatabaseStats {
        Map<Operation, Latency> inOrder = new EnumMap<>(Operation.class);
        inOrder.putAll(latencies);
        latencies = Collections.unmodifiableMap(inOrder);
    }

    /// How long an operation took since the database was opened. What happened since an earlier look is
    /// `now.latency(op).since(earlier.latency(op))`.
    public Latency latency(Operation operation) {
        return latencies.getOrDefault(operation, Latency.NONE);
    }

    /// All figures by name, in the order of this page, for programs that gather figures: `data.keys`,
    /// `disk.packs`, `cache.misses`, `latency.get.p99` ... Names of spaces are not among them. Times are in
    /// nanoseconds; moments in milliseconds since 1970 UTC, 0 when there was none.
    public SequencedMap<String, Long> figures() {
        return Collections.unmodifiableSequencedMap(Figures.of(this));
    }
}
