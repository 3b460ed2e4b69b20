package coppice.testing.contract.model;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.CommitMessage;
import coppice.api.Database;
import coppice.api.ErrorCode;
import coppice.testing.contract.model.Move.Replaced;
import coppice.testing.contract.model.PlainDatabase.Tagged;
import java.util.Optional;

/// Commands for branches as a whole, tags, and undo.
final class Branching {
    private Branching() {}

    /// A new branch at a commit.
    record Create(Command.On on, Version at) implements Command {
        @Override
        public void run(World world, Running running) {
            Database db = running.db(on.site());
            if (on.plain(world).lines.containsKey(on.branch())) {
                Expect.refused(ErrorCode.BRANCH_EXISTS, () -> db.branch(on.branch(), at.id()));
                return;
            }
            db.branch(on.branch(), at.id());
            on.plain(world).create(on.branch(), at);
        }
    }

    /// A new branch where another one is.
    record Fork(Command.On on, String name) implements Command {
        @Override
        public void run(World world, Running running) {
            new Create(new On(on.site(), name), on.line(world).head).run(world, running);
        }
    }

    record Copy(Command.On on, String name) implements Command {
        @Override
        public void run(World world, Running running) {
            Database db = running.db(on.site());
            PlainDatabase plain = on.plain(world);
            if (plain.lines.containsKey(name)) {
                Expect.refused(ErrorCode.BRANCH_EXISTS, () -> db.copyBranch(on.branch(), name));
                return;
            }
            db.copyBranch(on.branch(), name);
            Line line = on.line(world);
            plain.create(name, line.head, line.working, "branch", new Replaced());
        }
    }

    record Rename(Command.On on, String name) implements Command {
        @Override
        public void run(World world, Running running) {
            Database db = running.db(on.site());
            Optional<ErrorCode> refusal = refusal(on.plain(world));
            if (refusal.isPresent()) {
                Expect.refused(refusal.get(), () -> db.renameBranch(on.branch(), name));
                return;
            }
            assertThat(db.renameBranch(on.branch(), name).name()).isEqualTo(name);
            on.plain(world).rename(on.branch(), name);
        }

        private Optional<ErrorCode> refusal(PlainDatabase plain) {
            if (on.branch().equals(Database.MAIN)) {
                return Optional.of(ErrorCode.BRANCH_PROTECTED);
            }
            return plain.lines.containsKey(name) ? Optional.of(ErrorCode.BRANCH_EXISTS) : Optional.empty();
        }
    }

    record Delete(Command.On on, boolean force) implements Command {
        @Override
        public void run(World world, Running running) {
            Optional<ErrorCode> refusal = refusal(on.plain(world));
            if (refusal.isPresent()) {
                Expect.refused(refusal.get(), () -> delete(running.db(on.site())));
                return;
            }
            delete(running.db(on.site()));
            on.plain(world).delete(on.branch(), "delete", new Replaced());
        }

        private void delete(Database db) {
            if (force) {
                db.forceDeleteBranch(on.branch());
            } else {
                db.deleteBranch(on.branch());
            }
        }

        private Optional<ErrorCode> refusal(PlainDatabase plain) {
            Line line = plain.lines.get(on.branch());
            if (line == null) {
                return Optional.of(ErrorCode.UNKNOWN_BRANCH);
            }
            if (on.branch().equals(Database.MAIN) || on.branch().equals(plain.current)) {
                return Optional.of(ErrorCode.BRANCH_PROTECTED);
            }
            if (!force && line.hasChanges()) {
                return Optional.of(ErrorCode.UNCOMMITTED_CHANGES);
            }
            return force || plain.isReachedElsewhere(on.branch())
                    ? Optional.empty()
                    : Optional.of(ErrorCode.BRANCH_NOT_MERGED);
        }
    }

    record Switch(Command.On on) implements Command {
        @Override
        public void run(World world, Running running) {
            running.db(on.site()).switchTo(on.branch());
            on.plain(world).current = on.branch();
        }
    }

    record MakeTag(int site, String name, Version at, Optional<String> note) implements Command {
        @Override
        public void run(World world, Running running) {
            PlainDatabase plain = world.site(site);
            Tagged tag = new Tagged(at, note);
            Tagged before = plain.tags.get(name);
            if (before != null && (before.commit() != at || before.note().isPresent() || note.isPresent())) {
                Expect.refused(ErrorCode.TAG_EXISTS, () -> make(running.db(site)));
                return;
            }
            make(running.db(site));
            if (before == null) {
                plain.tag(name, tag, "tag", new Replaced());
            }
        }

        private void make(Database db) {
            note.ifPresentOrElse(
                    text -> db.tags().annotate(name, at.id(), CommitMessage.of(text)),
                    () -> db.tags().create(name, at.id()));
        }
    }

    record Untag(int site, String name) implements Command {
        @Override
        public void run(World world, Running running) {
            Database db = running.db(site);
            if (world.site(site).tags.containsKey(name)) {
                db.tags().delete(name);
                world.site(site).untag(name, "tag", null);
            } else {
                Expect.refused(ErrorCode.UNKNOWN_TAG, () -> db.tags().delete(name));
            }
        }
    }

    record Undo(int site) implements Command {
        @Override
        public void run(World world, Running running) {
            Database db = running.db(site);
            PlainUndo undo = new PlainUndo(world.site(site));
            PlainUndo.Outcome expected = undo.run();
            if (expected.refusal().isPresent()) {
                Expect.refused(expected.refusal().get(), db::undo);
                return;
            }
            var undone = db.undo();
            String ref = undone.ref().contains("/") && !undone.ref().startsWith("rebase/")
                    ? undone.ref()
                    : PlainDatabase.HEADS + undone.ref();
            assertThat(undone.action() + " of " + ref).isEqualTo(expected.what());
        }
    }
}
