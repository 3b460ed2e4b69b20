package coppice.engine.history;

import coppice.api.CommitId;
import coppice.api.DatabaseException;
import coppice.api.Entry;
import coppice.api.ErrorCode;
import coppice.api.Proof;
import coppice.api.ProofResult;
import coppice.api.Range;
import coppice.engine.state.Roots;
import coppice.engine.storage.Storage;
import coppice.engine.terms.Checks;
import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import coppice.kernel.proof.ProofReader;
import coppice.kernel.proof.ProofWriter;
import coppice.kernel.proof.Question;
import coppice.kernel.tree.RangeWalk;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes proofs of what commits hold, and verifies them.
public final class Proving {
    private final Storage storage;

    public Proving(Storage storage) {
        this.storage = storage;
    }

    /// Proves what a commit holds under a key, or that it holds nothing there.
    public Proof prove(Hash commit, String space, byte[] key) {
        return prove(commit, new Question.OfKey(Checks.spaceName(space), Checks.key(key.clone())));
    }

    /// Proves what a commit holds in a range, all of it.
    ///
    /// @param range from low to high keys
    /// @param limit of entries, after which the proof ends
    public Proof prove(Hash commit, String space, Range range, int limit) {
        if (range.isReversed()) {
            throw new IllegalArgumentException("A proof goes from low to high keys: turn the range around");
        }
        byte[] to = range.upper().orElse(null);
        if (range.lower().length > Question.BOUND_BYTES_MAX || (to != null && to.length > Question.BOUND_BYTES_MAX)) {
            throw new DatabaseException.Incorrect(
                    ErrorCode.INVALID_KEY,
                    "A bound of a range that is proved has at most " + Question.BOUND_BYTES_MAX + " bytes: shorten it");
        }
        return prove(commit, Question.ofRange(Checks.spaceName(space), range.lower(), to, limit));
    }

    private Proof prove(Hash commit, Question question) {
        Roots.Hold hold = storage.roots().hold(this, List.of(new Roots.OfCommit(commit)));
        try {
            return Proof.of(ProofWriter.prove(storage.nodes().chunks(), commit, question));
        } finally {
            hold.release();
        }
    }

    /// Needs no database.
    public static ProofResult verify(Proof proof, CommitId trusted) {
        try {
            return result(ProofReader.verify(proof.toBytes(), Hash.parse(trusted.hex())));
        } catch (CorruptException wrong) {
            String place = wrong.offset() < 0 ? wrong.where() : wrong.where() + " at byte " + wrong.offset();
            return new ProofResult.Invalid(place + ": expected " + wrong.expected() + ", found " + wrong.found());
        }
    }

    private static ProofResult result(ProofReader.Proved proved) {
        return switch (proved.question()) {
            case Question.OfKey ofKey ->
                proved.rows().isEmpty()
                        ? new ProofResult.Absent(ofKey.space(), ofKey.key())
                        : new ProofResult.Present(
                                ofKey.space(),
                                ofKey.key(),
                                proved.rows().getFirst().value());
            case Question.OfRange ofRange ->
                new ProofResult.Entries(
                        ofRange.space(),
                        range(ofRange.from(), ofRange.to()),
                        proved.rows().stream().map(Proving::entry).toList(),
                        Optional.ofNullable(proved.next()).map(next -> range(next, ofRange.to())));
        };
    }

    private static Entry entry(RangeWalk.Row row) {
        return new Entry(row.key(), row.value());
    }

    private static Range range(byte[] from, byte @Nullable [] to) {
        if (to != null) {
            return Range.between(from, to);
        }
        return from.length == 0 ? Range.all() : Range.from(from);
    }
}
