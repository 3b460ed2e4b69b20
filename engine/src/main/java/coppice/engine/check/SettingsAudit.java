package coppice.engine.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.engine.exchange.RemoteNames;
import coppice.engine.exchange.Shallow;
import coppice.engine.feed.Acknowledged;
import coppice.engine.history.BisectNotes;
import coppice.engine.live.Branches;
import coppice.engine.live.CurrentBranch;
import coppice.engine.live.Reflog;
import coppice.engine.live.Settings;
import coppice.engine.lock.KeptLease;
import coppice.engine.lock.Tokens;
import coppice.engine.log.RefMove;
import coppice.engine.merge.StoredRules;
import coppice.engine.waiting.Decision;
import coppice.engine.waiting.Decisions;
import coppice.engine.waiting.MergeStates;
import coppice.engine.waiting.ReplayFormat;
import coppice.engine.waiting.ReplayShelf;
import coppice.engine.waiting.RuleFormat;
import coppice.engine.waiting.StashShelf;
import coppice.engine.waiting.Unfinished;
import coppice.engine.waiting.Unstash;
import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.RefValue;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Proves settings and reflog, as far as they can be contradicted: each entry is one, decisions stand where their
/// values belong, and the commit of a merge that waits is kept. What is over is left out, and so is what a newer
/// version has put there. Good for one look.
public final class SettingsAudit {
    private static final List<String> AREAS = List.of(
            CurrentBranch.AREA,
            RemoteNames.AREA,
            Shallow.AREA,
            BisectNotes.AREA,
            StoredRules.AREA,
            MergeStates.AREA,
            ReplayShelf.AREA,
            StashShelf.AREA,
            Decisions.AREA,
            Acknowledged.AREA,
            Tokens.AREA,
            KeptLease.AREA);

    private final Settings settings;
    private final Branches branches;
    private final MergeStates merges;
    private final Consumer<CorruptException> wrong;

    /// @param wrong is told what is wrong
    SettingsAudit(Settings settings, Branches branches, MergeStates merges, Consumer<CorruptException> wrong) {
        this.settings = settings;
        this.branches = branches;
        this.merges = merges;
        this.wrong = wrong;
    }

    /// Proves all.
    ///
    /// @param moves is told what the reflog has
    void run(Consumer<RefMove> moves) {
        for (String area : AREAS) {
            settings.all(area)
                    .forEach((key, value) -> wrong(area, key.getBytes(UTF_8), value)
                            .ifPresentOrElse(wrong, () -> kept(area, key, value)));
        }
        branches.reflog()
                .visitAll((key, value) -> wrong(Reflog.SPACE, key, value)
                        .ifPresentOrElse(wrong, () -> moves.accept(RefMove.decode(RefMove.ref(key), value))));
    }

    /// Proves that the commit of a merge that waits is kept.
    private void kept(String area, String branch, byte[] value) {
        if (area.equals(MergeStates.AREA)) {
            branches.find(branch)
                    .flatMap(merges::find)
                    .filter(merge -> !isPinned(branch, merge) && isStill(branch, value))
                    .ifPresent(merge -> wrong.accept(new CorruptException(
                            where(area, branch),
                            -1,
                            "ref '" + MergeStates.pin(branch) + "' at commit " + merge.theirs(),
                            "none")));
        }
    }

    private boolean isPinned(String branch, Unfinished merge) {
        return branches.ref(MergeStates.pin(branch))
                .map(RefValue::commit)
                .filter(merge.theirs()::equals)
                .isPresent();
    }

    /// Whether the setting, which goes before its pin, is there all the same.
    private boolean isStill(String branch, byte[] value) {
        return settings.find(MergeStates.AREA, branch)
                .filter(now -> Arrays.equals(now, value))
                .isPresent();
    }

    private static String where(String area, String key) {
        return "the setting '" + area + "/" + key + "'";
    }

    /// What is wrong with an entry for itself.
    public static Optional<CorruptException> wrong(String area, byte[] key, byte[] value) {
        String name = area.equals(Reflog.SPACE) ? "an entry" : new String(key, UTF_8).replace('\0', ' ');
        try {
            read(area, key, value);
            return Optional.empty();
        } catch (CorruptException unreadable) {
            return Optional.of(new CorruptException(
                    where(area, name), unreadable.offset(), unreadable.expected(), unreadable.found()));
        } catch (IllegalArgumentException unreadable) {
            return Optional.of(
                    new CorruptException(where(area, name), -1, "an entry", String.valueOf(unreadable.getMessage())));
        }
    }

    private static void read(String area, byte[] key, byte[] value) {
        String name = new String(key, UTF_8);
        switch (area) {
            case CurrentBranch.AREA, RemoteNames.AREA -> require(value.length > 0, "text", "nothing");
            case Shallow.AREA -> Shallow.decode(value);
            case BisectNotes.AREA -> BisectNotes.check(value);
            case StoredRules.AREA -> RuleFormat.decode(value);
            case MergeStates.AREA -> Unfinished.decode(name, value);
            case ReplayShelf.AREA -> ReplayFormat.decode(name, value);
            case StashShelf.AREA -> Unstash.decode(name, value);
            case Acknowledged.AREA -> Acknowledged.decode(name, value);
            case Tokens.AREA -> Tokens.decode(value);
            case KeptLease.AREA -> KeptLease.decode(name, value);
            case Decisions.AREA -> decision(name, Decision.decode(value));
            case Reflog.SPACE -> {
                require(key.length > 1 + Long.BYTES, "a ref and a position as its key", key.length + " bytes");
                RefMove.decode(RefMove.ref(key), value);
            }
            default -> {
                // What a newer version keeps there is not known.
            }
        }
    }

    private static void decision(String name, Decision decision) {
        Hash digest = Decision.name(decision.space(), decision.key());
        require(name.endsWith("\0" + digest), "a decision of digest " + digest, "one under another");
    }

    private static void require(boolean holds, String expected, String found) {
        if (!holds) {
            throw new CorruptException("", -1, expected, found);
        }
    }
}
