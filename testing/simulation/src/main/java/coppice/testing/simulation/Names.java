package coppice.testing.simulation;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Which paths there are, and what is behind them.
final class Names {
    /// A creation, deletion or renaming. Immutable.
    sealed interface Renaming {
        /// Makes the change, as far as that is possible among these names.
        void applyTo(Names names);

        /// Whether syncing this directory makes it durable.
        boolean concerns(String directory);

        /// The same change about the file that stands for this one on another disk.
        Renaming with(UnaryOperator<Inode> files);
    }

    record Created(String path, Inode file) implements Renaming {
        @Override
        public void applyTo(Names names) {
            names.files.put(path, file);
        }

        @Override
        public boolean concerns(String directory) {
            return parent(path).equals(directory);
        }

        @Override
        public Renaming with(UnaryOperator<Inode> files) {
            return new Created(path, files.apply(file));
        }
    }

    record MadeDirectory(String path) implements Renaming {
        @Override
        public void applyTo(Names names) {
            names.directories.add(path);
        }

        @Override
        public boolean concerns(String directory) {
            return parent(path).equals(directory);
        }

        @Override
        public Renaming with(UnaryOperator<Inode> files) {
            return this;
        }
    }

    /// Of a file, or (without one) of a directory.
    record Deleted(String path, @Nullable Inode file) implements Renaming {
        @Override
        public void applyTo(Names names) {
            if (file == null) {
                names.directories.remove(path);
            } else {
                names.files.remove(path, file);
            }
        }

        @Override
        public boolean concerns(String directory) {
            return parent(path).equals(directory);
        }

        @Override
        public Renaming with(UnaryOperator<Inode> files) {
            return file == null ? this : new Deleted(path, files.apply(file));
        }
    }

    record Renamed(String from, String to, Inode file) implements Renaming {
        @Override
        public void applyTo(Names names) {
            names.files.remove(from, file);
            names.files.put(to, file);
        }

        @Override
        public boolean concerns(String directory) {
            return parent(from).equals(directory) || parent(to).equals(directory);
        }

        @Override
        public Renaming with(UnaryOperator<Inode> files) {
            return new Renamed(from, to, files.apply(file));
        }
    }

    final Map<String, Inode> files = new HashMap<>();
    final Set<String> directories = new TreeSet<>(Set.of(""));

    static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    /// The same names with copies of the files, each copied once.
    Names copy(IdentityHashMap<Inode, Inode> copies, UnaryOperator<Inode> copy) {
        Names names = new Names();
        names.directories.addAll(directories);
        files.forEach((path, file) -> names.files.put(path, copies.computeIfAbsent(file, copy)));
        return names;
    }

    /// Forgets what lies in directories that are not there.
    void dropOrphans() {
        directories.removeIf(path -> !reachable(path));
        files.keySet().removeIf(path -> !directories.contains(parent(path)));
    }

    private boolean reachable(String directory) {
        for (String path = directory; !path.isEmpty(); path = parent(path)) {
            if (!directories.contains(path)) {
                return false;
            }
        }
        return true;
    }
}
