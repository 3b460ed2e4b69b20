package coppice.api;

import coppice.api.progress.Progress;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/// Files that carry branches and tags with their history, for where no directory can be reached. To read one, add
/// it as a remote, or clone it. Safe for all threads.
public interface Bundles {
    /// What to write.
    ///
    /// @param refs branches, or whole names such as `tags/v1`; empty for all branches and tags
    /// @param since refs or commits that the reader has already, with all before them; empty for whole history
    /// @param progress is told how far it is, from the writing thread, after each commit and within large ones
    record Choice(List<String> refs, List<String> since, Consumer<Traffic> progress) {
        public Choice {
            refs = List.copyOf(refs);
            since = List.copyOf(since);
            Objects.requireNonNull(progress);
        }

        /// Everything.
        public static Choice all() {
            return new Choice(List.of(), List.of(), traffic -> {});
        }

        /// Some branches and tags.
        public static Choice of(String... refs) {
            return new Choice(List.of(refs), List.of(), traffic -> {});
        }

        /// The same without what is known.
        public Choice since(String... known) {
            return new Choice(refs, List.of(known), progress);
        }

        /// The same, telling how far it is.
        public Choice telling(Consumer<Traffic> listener) {
            return new Choice(refs, since, listener);
        }
    }

    /// What a bundle says of itself.
    ///
    /// @param refs what it carries
    /// @param prerequisites commits that a reader must have, with all before them
    /// @param commits how many it carries
    /// @param chunks how many chunks
    /// @param bytes the length of the file
    record Summary(List<BundledRef> refs, List<CommitId> prerequisites, long commits, long chunks, long bytes) {
        public Summary {
            refs = List.copyOf(refs);
            prerequisites = List.copyOf(prerequisites);
        }

        /// Where a ref of it points.
        public Optional<CommitId> find(String name) {
            return refs.stream()
                    .filter(ref -> ref.name().equals(name))
                    .map(BundledRef::commit)
                    .findFirst();
        }
    }

    /// A ref in a bundle.
    ///
    /// @param name `heads/main`, `tags/v1`
    record BundledRef(String name, CommitId commit) {}

    /// Writes a bundle, beside readers and writers; it holds what was committed when the call began. A bundle of
    /// that name is replaced at the end, at one stroke. Costs a read of what it carries, in bounded memory.
    ///
    /// @throws DatabaseException.NotFound when a ref names nothing
    /// @throws DatabaseException.Incorrect when the directory of the file is not there
    Summary write(Path file, Choice choice);

    /// Reads what a bundle says of itself, and checks that it was not cut short.
    ///
    /// @throws DatabaseException.Incorrect when there is no such file
    /// @throws DatabaseException.Corrupt when it is no bundle, or damaged
    Summary describe(Path file);

    /// Reads a whole bundle and checks every chunk by its hash. Whether all of them are there shows a fetch.
    ///
    /// @param progress is told the chunks
    /// @throws DatabaseException.Incorrect when there is no such file
    /// @throws DatabaseException.Corrupt when it is no bundle, or damaged
    Summary verify(Path file, Progress progress);

    /// As [#verify(Path, Progress)], in silence.
    default Summary verify(Path file) {
        return verify(file, Progress.none());
    }
}
