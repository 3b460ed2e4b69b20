package coppice.api;

import java.util.List;
import java.util.Optional;

/// How a database holds what it holds: commits, trees and chunks as they are stored. Nothing here changes any data.
/// Safe for many threads.
///
/// Refs are those of [Database], with the same exceptions. Hashes are 64 lower-case hexadecimal digits. The forms of
/// chunks are described in `docs/format/`.
public interface Internals {
    /// A commit as a chunk.
    ///
    /// @param id its name
    /// @param parents what it was made from
    /// @param generation one more than the greatest of its parents', 0 for the first
    /// @param ancestors how many commits it has before it
    /// @param catalog the root of the tree of its spaces
    /// @param spaces how many these are
    /// @param closure the root of the tree of its ancestors
    /// @param signatureBytes the length of its signature, 0 when it has none
    /// @param bytes the length of the chunk
    record OfCommit(
            CommitId id,
            List<CommitId> parents,
            long generation,
            long ancestors,
            String catalog,
            long spaces,
            String closure,
            int signatureBytes,
            int bytes) {
        public OfCommit {
            parents = List.copyOf(parents);
        }
    }

    /// The tree of a space.
    ///
    /// @param root its name: equal rows have the equal root
    /// @param entries how many keys it has
    /// @param levels its nodes, leaves first; at least one level
    /// @param longValues how many values are too long to lie in a leaf
    /// @param longValueBytes how long these are together, equal ones counted again
    record OfTree(String root, long entries, List<Level> levels, long longValues, long longValueBytes) {
        public OfTree {
            levels = List.copyOf(levels);
        }

        /// How many levels there are; 1 for a tree that is one leaf.
        public int depth() {
            return levels.size();
        }

        /// How many leaves there are.
        public long leaves() {
            return levels.getFirst().nodes();
        }

        /// How many nodes there are, leaves included.
        public long nodes() {
            return levels.stream().mapToLong(Level::nodes).sum();
        }

        /// How long all nodes are together, uncompressed.
        public long bytes() {
            return levels.stream().mapToLong(Level::bytes).sum();
        }
    }

    /// The nodes of one level of a tree.
    ///
    /// @param nodes how many
    /// @param entries how many entries they have together: keys in leaves, children above
    /// @param bytes how long they are together, uncompressed
    /// @param smallest the length of the shortest, in bytes
    /// @param largest the length of the longest, in bytes
    /// @param fill how full they are in the mean: at 1 a node ends whatever its keys are. Where nodes end is drawn
    ///     from their keys, so that equal rows have equal nodes; about 0.33 is as it should be
    record Level(long nodes, long entries, long bytes, int smallest, int largest, double fill) {
        /// The mean length of a node, in bytes.
        public double mean() {
            return (double) bytes / nodes;
        }
    }

    /// What the trees of a space in two states have in common.
    ///
    /// @param nodes how many nodes only the first has
    /// @param bytes how long these are together, uncompressed
    /// @param otherNodes how many nodes only the other has
    /// @param otherBytes how long these are together
    /// @param sharedEntries how many keys are in nodes that both have
    record Overlap(long nodes, long bytes, long otherNodes, long otherBytes, long sharedEntries) {}

    /// What a chunk is.
    enum Kind {
        /// A commit.
        COMMIT,
        /// A node of a tree: of a space, a catalog, a closure, or the refs.
        NODE,
        /// A part of a long value.
        BLOB_DATA,
        /// The parts of a long value.
        BLOB_INDEX
    }

    /// How a chunk lies in its pack.
    enum Form {
        /// As it is.
        RAW,
        /// Compressed.
        COMPRESSED,
        /// Compressed in one record with other versions of it.
        GROUP
    }

    /// A chunk.
    ///
    /// @param hash its name
    /// @param kind what it is
    /// @param level of a node or a blob's index: how far above the leaves or the data it stands; else 0
    /// @param holds keys below a node, bytes of a value; of a commit its generation
    /// @param bytes its length
    /// @param storedBytes the length of the record that it is stored in, without its head; see `groupChunks`
    /// @param form how it is stored
    /// @param groupChunks how many chunks share the record; 1 when it has its own
    /// @param pack the file it is in, from the database's directory; nothing while it waits in memory for its turn
    /// @param offset where in the file its record begins
    /// @param links the chunks that it refers to by itself, in order: of a commit the catalog, the closure and the
    ///     parents; of a leaf its long values. The roots that a catalog has as values are not among them
    record OfChunk(
            String hash,
            Kind kind,
            int level,
            long holds,
            int bytes,
            int storedBytes,
            Form form,
            int groupChunks,
            Optional<String> pack,
            long offset,
            List<String> links) {
        public OfChunk {
            links = List.copyOf(links);
        }
    }

    /// A commit. Costs reading three chunks.
    OfCommit commit(String ref);

    /// The tree of a space in a commit. Costs reading all its nodes, though no long value.
    ///
    /// @param space any name; a space that is not there is the empty tree
    OfTree tree(String ref, String space);

    /// What the trees of a space in two commits have in common. Costs reading what they have not.
    Overlap overlap(String ref, String other, String space);

    /// The chunks whose names begin with some digits, in order. Costs 4 KiB of the index of each pack.
    ///
    /// @param digits 1 to 64 hexadecimal digits of either case
    /// @param limit the most names, at least 1
    /// @throws IllegalArgumentException when there are no such digits or limit
    List<String> chunks(String digits, int limit);

    /// A chunk; nothing when it is not here. Costs reading it, twice.
    ///
    /// @param hash 64 hexadecimal digits of either case
    /// @throws IllegalArgumentException when they are not
    Optional<OfChunk> chunk(String hash);
}
