package coppice.testing.contract.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import coppice.api.Branch;
import coppice.api.CommitMessage;
import coppice.api.Database;
import coppice.api.DatabaseException;
import coppice.api.EmptyCommit;
import coppice.api.ErrorCode;
import coppice.api.Hook;
import coppice.api.Hooks;
import coppice.api.Merge;
import coppice.api.Pick;
import coppice.api.Reset;
import coppice.api.Resolver;
import coppice.testing.contract.model.Command.On;

/// Something that would move refs while a hook refuses everything: it is refused, or had nothing to move, and in
/// either case nothing has changed.
///
/// @param to what it is done with
record Vetoed(On on, Deed deed, Guard guard, Version to) implements Command {
    /// What is tried.
    enum Deed {
        COMMIT,
        AMEND,
        RESET,
        MERGE,
        PICK,
        REVERT,
        SQUASH,
        REBASE,
        CREATE,
        COPY,
        RENAME,
        DELETE,
        TAG,
        UNTAG,
        UNDO;

        private void on(Database db, Branch branch, String ref) {
            switch (this) {
                case COMMIT -> branch.commit(CommitMessage.of("vetoed").whenEmpty(EmptyCommit.SKIP));
                case AMEND -> branch.amend(CommitMessage.of("vetoed"));
                case RESET -> branch.reset(ref, Reset.HARD);
                case MERGE -> db.merge(ref, Merge.into(branch.name()).resolving(Resolver.THEIRS));
                case PICK -> branch.edits().cherryPick(Pick.of(ref).resolving(Resolver.THEIRS));
                case REVERT -> branch.edits().revert(Pick.of(ref).resolving(Resolver.OURS));
                case SQUASH -> branch.edits().squash(ref, CommitMessage.of("vetoed"));
                case REBASE -> {
                    var rebase = branch.edits().rebase();
                    rebase.start(rebase.plan(ref).resolving(Resolver.THEIRS));
                }
                case CREATE -> db.branch("vetoed", ref);
                case COPY -> db.copyBranch(branch.name(), "vetoed");
                case RENAME -> db.renameBranch(branch.name(), "vetoed");
                case DELETE -> db.forceDeleteBranch(branch.name());
                case TAG -> db.tags().create("vetoed", ref);
                case UNTAG -> db.tags().list().forEach(tag -> db.tags().delete(tag.name()));
                case UNDO -> db.undo();
            }
        }

        private boolean makesCommits() {
            return switch (this) {
                case COMMIT, AMEND, PICK, REVERT, SQUASH -> true;
                case RESET, MERGE, REBASE, CREATE, COPY, RENAME, DELETE, TAG, UNTAG, UNDO -> false;
            };
        }
    }

    /// Who refuses: whoever is asked about commits is not asked about all.
    enum Guard {
        PRE_COMMIT,
        REF_UPDATE,
        THROWING
    }

    private Hooks hooks() {
        return switch (guard) {
            case PRE_COMMIT -> Hooks.none().preCommit("never", event -> Hook.veto("never"));
            case REF_UPDATE -> Hooks.none().refUpdate("never", event -> Hook.veto("never"));
            case THROWING ->
                Hooks.none().refUpdate("broken", event -> {
                    throw new IllegalStateException("never");
                });
        };
    }

    @Override
    public void run(World world, Running running) {
        if (guard == Guard.PRE_COMMIT && !deed.makesCommits()) {
            return;
        }
        Database db = running.db(on.site());
        Throwable thrown;
        try (Hooks.Registration _ = db.add(hooks())) {
            thrown = catchThrowable(() -> deed.on(db, on.of(running), to.id()));
        }
        if (thrown instanceof DatabaseException.Refused refused) {
            assertThat(refused.code())
                    .isEqualTo(guard == Guard.THROWING ? ErrorCode.HOOK_FAILED : ErrorCode.HOOK_VETOED);
        } else if (thrown != null) {
            assertThat(thrown).isInstanceOf(DatabaseException.Incorrect.class);
        }
    }
}
