package coppice.testing.contract.model;

import static coppice.testing.contract.model.PlainDatabase.HEADS;
import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.Bundles;
import coppice.api.CloneOptions;
import coppice.api.CommitId;
import coppice.api.Coppice;
import coppice.api.Database;
import coppice.api.Push;
import coppice.api.PushOutcome;
import coppice.api.PushOutcome.Reason;
import coppice.testing.contract.model.Move.Replaced;
import coppice.testing.contract.model.PlainDatabase.Tagged;
import coppice.testing.contract.model.World.Offer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Commands that bring commits from here to the other database, a bundle, a clone or a backup.
final class Sending {
    private static final String ACTION = "push";

    private Sending() {}

    record PushBranch(Command.On on, String to, Force force) implements Command {
        enum Force {
            NO,
            YES,
            /// If the branch is where it was when last asked.
            LEASED
        }

        @Override
        public void run(World world, Running running) {
            Version offered = on.line(world).head;
            PlainDatabase plain = on.plain(world);
            PlainDatabase other = world.site(1 - on.site());
            Line line = other.lines.get(to);
            @Nullable Version there = line == null ? null : line.head;
            String tracking = Fetching.tracking(Running.OTHER, HEADS + to);
            @Nullable Version known = plain.tracking.get(tracking);
            PushOutcome outcome = running.db(on.site()).remotes().push(Running.OTHER, push(known));
            if (there == offered) {
                assertThat(outcome).isEqualTo(new PushOutcome.UpToDate(id(offered)));
                plain.track(tracking, offered, ACTION);
                return;
            }
            boolean forward = there == null || offered.reaches(there);
            Optional<Reason> refusal = refusal(line, known, forward);
            if (refusal.isPresent()) {
                assertThat(outcome)
                        .isEqualTo(new PushOutcome.Rejected(
                                refusal.get(), Optional.ofNullable(there).map(Sending::id)));
                return;
            }
            assertThat(outcome).isInstanceOf(PushOutcome.Pushed.class);
            assertThat(((PushOutcome.Pushed) outcome).forced()).isEqualTo(!forward);
            if (line == null) {
                other.create(to, offered, offered.state(), ACTION, new Replaced());
            } else {
                other.set(to, offered, ACTION);
            }
            plain.track(tracking, offered, ACTION);
        }

        private Push push(@Nullable Version known) {
            Push push = Push.branch(on.branch()).to(to);
            return switch (force) {
                case NO -> push;
                case YES -> push.forced();
                case LEASED -> known == null ? push.forced() : push.forcedFrom(id(known));
            };
        }

        private Optional<Reason> refusal(@Nullable Line line, @Nullable Version known, boolean forward) {
            if (force == Force.LEASED && known != null && (line == null || line.head != known)) {
                return Optional.of(Reason.MOVED);
            }
            if (!forward && force == Force.NO) {
                return Optional.of(Reason.NOT_FAST_FORWARD);
            }
            return line != null && line.hasChanges() ? Optional.of(Reason.UNCOMMITTED_CHANGES) : Optional.empty();
        }
    }

    private static CommitId id(Version version) {
        return new CommitId(version.id());
    }

    record PushTag(int site, String name) implements Command {
        @Override
        public void run(World world, Running running) {
            Tagged tag = world.site(site).tags.get(name);
            if (tag == null) {
                return;
            }
            PlainDatabase other = world.site(1 - site);
            Tagged there = other.tags.get(name);
            PushOutcome outcome = running.db(site).remotes().push(Running.OTHER, Push.tag(name));
            if (there == null) {
                assertThat(outcome).isInstanceOf(PushOutcome.Pushed.class);
                other.tag(name, tag, ACTION, new Replaced());
            } else if (there.commit() == tag.commit()) {
                assertThat(outcome).isEqualTo(new PushOutcome.UpToDate(id(tag.commit())));
            } else {
                assertThat(outcome)
                        .isEqualTo(new PushOutcome.Rejected(Reason.TAG_EXISTS, Optional.of(id(there.commit()))));
            }
        }
    }

    /// @param since what the reader is taken to have already
    record WriteBundle(int site, List<Version> since) implements Command {
        @Override
        public void run(World world, Running running) {
            Bundles.Choice choice =
                    Bundles.Choice.all().since(since.stream().map(Version::id).toArray(String[]::new));
            Bundles bundles = running.db(site).bundles();
            Bundles.Summary summary = bundles.write(running.bundle(), choice);
            Set<Version> carried = new HashSet<>();
            PlainDatabase plain = world.site(site);
            Offer offer = Offer.of(plain, List.of());
            offer.refs().values().forEach(version -> carried.addAll(version.ancestors()));
            since.forEach(version -> carried.removeAll(version.ancestors()));
            assertThat(summary.commits()).isEqualTo(carried.size());
            assertThat(bundles.verify(running.bundle())).isEqualTo(summary);
            offer.refs().forEach((ref, version) -> assertThat(summary.find(ref)).contains(id(version)));
            List<Version> needs = summary.prerequisites().stream()
                    .map(commit -> world.version(running.db(site).resolve(commit.hex())))
                    .toList();
            Set<Version> left = new HashSet<>();
            since.forEach(version -> left.addAll(version.ancestors()));
            assertThat(left).as("what the reader must have").containsAll(needs);
            world.bundle = Offer.of(plain, needs);
        }
    }

    /// The other database becomes a clone of this one.
    record CloneTo(int site) implements Command {
        @Override
        public void run(World world, Running running) {
            int other = 1 - site;
            Path directory = running.fresh("clone");
            CloneOptions options = CloneOptions.defaults().from(Running.OTHER).with(running.options(other));
            running.replace(
                    other,
                    directory,
                    () -> Coppice.clone(running.home(site).location(), directory.toString(), options));
            PlainDatabase plain = world.site(site);
            PlainDatabase clone = new PlainDatabase(world.site(other).author);
            Version main = plain.line(Database.MAIN).head;
            clone.lines.put(Database.MAIN, new Line(main, main.state()));
            clone.tags.putAll(plain.tags);
            plain.lines.forEach(
                    (name, line) -> clone.tracking.put(Fetching.tracking(Running.OTHER, HEADS + name), line.head));
            world.sites.set(other, clone);
            running.db(other).remotes().add(Running.BUNDLE, running.bundle().toString());
            Fetching.repoint(world, running, site);
        }
    }

    record BackUp(int site) implements Command {
        @Override
        public void run(World world, Running running) {
            running.backUp(site);
            world.backup = world.site(site).copy(world.site(site).author);
        }
    }

    /// The other database becomes what was backed up.
    record Restore() implements Command {
        @Override
        public void run(World world, Running running) {
            int other = 1;
            Path directory = running.fresh("restored");
            PlainDatabase backup = Objects.requireNonNull(world.backup);
            running.replace(
                    other,
                    directory,
                    () -> Coppice.restore(running.backup().toString(), directory.toString(), running.options(other)));
            world.sites.set(other, backup.copy(world.site(other).author));
            world.site(other).opened();
            Fetching.repoint(world, running, 0);
            Fetching.repoint(world, running, other);
        }
    }
}
