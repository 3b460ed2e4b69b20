package coppice.engine.history;

import coppice.api.BisectOutcome;
import coppice.api.BisectSession;
import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.Verdict;
import coppice.engine.live.Settings;
import coppice.engine.refs.RefResolver;
import coppice.engine.storage.Gate;
import coppice.engine.storage.Storage;
import coppice.engine.terms.Failures;
import coppice.engine.version.Versions;
import coppice.kernel.bytes.ByteReader;
import coppice.kernel.bytes.ByteWriter;
import coppice.kernel.bytes.Hash;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// A search by halves that is remembered in the settings: what is known to be bad, to be good, and not to be
/// testable. Where it stands follows from that each time.
public final class BisectNotes implements BisectSession {
    /// The area of the settings that holds it.
    public static final String AREA = "bisect";
    private static final String KEY = "verdicts";
    private static final int VERSION = 1;

    private final Storage storage;
    private final Versions versions;
    private final RefResolver refs;
    private final Settings settings;
    private final Gate gate;

    public BisectNotes(Storage storage, Versions versions, RefResolver refs, Settings settings, Gate gate) {
        this.storage = storage;
        this.versions = versions;
        this.refs = refs;
        this.settings = settings;
        this.gate = gate;
    }

    /// What was said so far.
    /// Reads what is remembered, to see whether it can be.
    public static void check(byte[] bytes) {
        var _ = Notes.decode(bytes);
    }

    private record Notes(Hash bad, List<Hash> good, List<Hash> skipped) {
        byte[] encode() {
            ByteWriter out = new ByteWriter().u8(VERSION).hash(bad).varint(good.size());
            good.forEach(out::hash);
            out.varint(skipped.size());
            skipped.forEach(out::hash);
            return out.toBytes();
        }

        static Notes decode(byte[] bytes) {
            ByteReader in = new ByteReader("the setting '" + AREA + "/" + KEY + "'", bytes);
            int version = in.u8();
            if (version != VERSION) {
                throw in.corrupt("version " + VERSION + " (a newer Coppice may read others)", "version " + version);
            }
            Notes notes = new Notes(in.hash(), hashes(in), hashes(in));
            in.expectEnd();
            return notes;
        }

        private static List<Hash> hashes(ByteReader in) {
            List<Hash> all = new ArrayList<>();
            for (long left = in.varint(); left > 0; left--) {
                all.add(in.hash());
            }
            return all;
        }

        private static List<Hash> plus(List<Hash> some, Hash one) {
            List<Hash> all = new ArrayList<>(some);
            all.remove(one);
            all.add(one);
            return all;
        }

        Notes plus(Hash commit, Verdict verdict) {
            return switch (verdict) {
                case GOOD -> new Notes(bad, plus(good, commit), skipped);
                case BAD -> new Notes(commit, good, skipped);
                case SKIP -> new Notes(bad, good, plus(skipped, commit));
            };
        }
    }

    private <T> T looking(Supplier<T> look) {
        gate.ensureOpen();
        return Failures.guarded(look);
    }

    @Override
    public BisectOutcome start(String bad, List<String> good) {
        if (good.isEmpty()) {
            throw new IllegalArgumentException("A search needs at least one good commit");
        }
        return looking(() -> {
            Notes notes = new Notes(
                    refs.resolve(bad), good.stream().map(refs::resolve).toList(), List.of());
            return keep(notes);
        });
    }

    @Override
    public BisectOutcome good(String ref) {
        return say(ref, Verdict.GOOD);
    }

    @Override
    public BisectOutcome bad(String ref) {
        return say(ref, Verdict.BAD);
    }

    @Override
    public BisectOutcome skip(String ref) {
        return say(ref, Verdict.SKIP);
    }

    private BisectOutcome say(String ref, Verdict verdict) {
        return looking(() -> {
            Notes before = notes().orElseThrow(() -> new DatabaseException.Incorrect(
                    ErrorCode.NO_BISECT, "No search by halves is on: begin one with start(bad, good)"));
            Hash commit = refs.resolve(ref);
            if (verdict == Verdict.BAD && !bisection(before).isSuspect(commit)) {
                throw new DatabaseException.Incorrect(
                                ErrorCode.NOT_SUSPECT,
                                "Commit " + commit + " is none of those that may be the first bad one: it is no"
                                        + " ancestor of the bad commit, or one of a good commit. Begin again with"
                                        + " start(bad, good)")
                        .with("commit", commit);
            }
            return keep(before.plus(commit, verdict));
        });
    }

    private BisectOutcome keep(Notes notes) {
        BisectOutcome outcome = bisection(notes).outcome();
        settings.put(AREA, KEY, notes.encode());
        return outcome;
    }

    private Optional<Notes> notes() {
        return settings.find(AREA, KEY).map(Notes::decode);
    }

    private Bisection bisection(Notes notes) {
        Bisection bisection = Bisection.between(storage, versions, notes.good(), notes.bad());
        notes.skipped().forEach(commit -> bisection.say(commit, Verdict.SKIP));
        return bisection;
    }

    @Override
    public Optional<BisectOutcome> outcome() {
        return looking(() -> notes().map(notes -> bisection(notes).outcome()));
    }

    @Override
    public void reset() {
        looking(() -> {
            settings.remove(AREA, KEY);
            return true;
        });
    }
}
