package coppice.testing.simulation;

import coppice.kernel.platform.StorageException;
import java.util.function.Predicate;

/// Lets the n-th access of some kinds fail, or it and all later ones.
final class Trap implements Predicate<Access> {
    /// What goes wrong.
    enum Trouble {
        /// One access of any kind fails, the next succeeds.
        HICCUP(StorageException.Kind.IO, false),
        /// From some access on, nothing works any more.
        BROKEN(StorageException.Kind.IO, true),
        /// One write or sync fails, the next succeeds.
        SYNC_HICCUP(StorageException.Kind.IO, false),
        /// From some write on, there is no room.
        FULL(StorageException.Kind.NO_SPACE, true),
        /// From some change on, the file system is read-only.
        READ_ONLY(StorageException.Kind.READ_ONLY, true);

        final StorageException.Kind kind;
        private final boolean lasting;

        Trouble(StorageException.Kind kind, boolean lasting) {
            this.kind = kind;
            this.lasting = lasting;
        }

        private boolean hits(Access.Kind access) {
            return switch (this) {
                case HICCUP, BROKEN -> true;
                case SYNC_HICCUP ->
                    access == Access.Kind.WRITE || access == Access.Kind.SYNC || access == Access.Kind.SYNC_DIRECTORY;
                case FULL ->
                    access == Access.Kind.WRITE || access == Access.Kind.CREATE || access == Access.Kind.RESIZE;
                case READ_ONLY -> access.isChange();
            };
        }
    }

    private final Trouble trouble;
    private final int n;
    private int count;
    private String victim = "";

    Trap(Trouble trouble, int n) {
        this.trouble = trouble;
        this.n = n;
    }

    @Override
    public boolean test(Access access) {
        if (!trouble.hits(access.kind())) {
            return false;
        }
        count++;
        boolean fails = trouble.lasting ? count >= n : count == n;
        if (fails && victim.isEmpty()) {
            victim = access.toString();
        }
        return fails;
    }

    boolean hasFired() {
        return !victim.isEmpty();
    }

    @Override
    public String toString() {
        return trouble + " at " + n + " (" + victim + ")";
    }
}
