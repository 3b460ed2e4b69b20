package coppice.engine.exchange;

import coppice.api.CommitId;
import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.PushOutcome;
import coppice.api.PushOutcome.Reason;
import coppice.engine.live.LiveBranch;
import coppice.engine.live.RefNames;
import coppice.engine.log.LogRecord;
import coppice.engine.log.Note;
import coppice.engine.state.BranchState;
import coppice.engine.state.Roots;
import coppice.kernel.bytes.Hash;
import coppice.kernel.exchange.Bundle;
import coppice.kernel.history.RefValue;
import coppice.kernel.tree.ChunkWalk;
import java.util.List;
import java.util.Optional;

/// Takes what somebody pushes: first the chunks, then the ref, if it still is where it should be.
public final class Receiving {
    private final Depot depot;

    Receiving(Depot depot) {
        this.depot = depot;
    }

    PushOutcome receive(Peer.Offer offer, ChunkWalk.Source from, Flow flow) {
        Hash commit = offer.ref().commit();
        return depot.compaction()
                .keeping(
                        () -> {
                            Optional<PushOutcome.Rejected> early = refused(offer);
                            if (early.isEmpty()) {
                                depot.taking().take(from, offer.floor(), List.of(commit), List.of(), false, flow);
                            }
                            return early;
                        },
                        early -> early.isPresent() ? List.of() : List.of(new Roots.OfCommit(commit)),
                        early -> early.<PushOutcome>map(refusal -> refusal).orElseGet(() -> move(offer, flow)));
    }

    private PushOutcome move(Peer.Offer offer, Flow flow) {
        Note note = depot.storage().note("push", "received");
        depot.placing()
                .ask(
                        offer.ref().name(),
                        note,
                        offer.expected().orElse(null),
                        offer.ref().commit());
        while (!(offer.ref().name().startsWith(RefNames.TAGS) ? tag(offer, note) : branch(offer, note))) {
            Optional<PushOutcome.Rejected> why = refused(offer);
            if (why.isPresent()) {
                return why.get();
            } // what somebody changed meanwhile has been changed back
        }
        return pushed(offer, flow);
    }

    private static PushOutcome pushed(Peer.Offer offer, Flow flow) {
        return new PushOutcome.Pushed(
                id(offer.ref().commit()), offer.expected().map(Receiving::id), false, flow.traffic());
    }

    /// Why a ref cannot move, where that is known already.
    private Optional<PushOutcome.Rejected> refused(Peer.Offer offer) {
        Optional<Hash> now = now(offer);
        if (!now.equals(offer.expected())) {
            return Optional.of(rejected(Reason.MOVED, now));
        }
        Optional<LiveBranch> branch = live(offer);
        branch.ifPresent(depot.checkpoint()::fold); // so that changes that cancel out leave nothing behind
        boolean changed = branch.filter(
                        found -> !found.newest().isAt(found.newest().commit()))
                .isPresent();
        return changed ? Optional.of(rejected(Reason.UNCOMMITTED_CHANGES, now)) : Optional.empty();
    }

    private static PushOutcome.Rejected rejected(Reason reason, Optional<Hash> now) {
        return new PushOutcome.Rejected(reason, now.map(Receiving::id));
    }

    private Optional<Hash> now(Peer.Offer offer) {
        String ref = offer.ref().name();
        return ref.startsWith(RefNames.TAGS)
                ? depot.branches().ref(ref).map(RefValue::commit)
                : live(offer).map(branch -> branch.shown().commit());
    }

    private Optional<LiveBranch> live(Peer.Offer offer) {
        String ref = offer.ref().name();
        return ref.startsWith(RefNames.TAGS)
                ? Optional.empty()
                : depot.branches().find(RefNames.shown(ref));
    }

    private boolean branch(Peer.Offer offer, Note note) {
        Hash commit = offer.ref().commit();
        Optional<LiveBranch> found = live(offer);
        if (found.isPresent() != offer.expected().isPresent()) {
            return false;
        }
        if (found.isEmpty()) {
            return create(offer, note);
        }
        LiveBranch branch = found.get();
        Hash expected = offer.expected().orElseThrow();
        BranchState state = depot.storage().stateAt(commit, 0);
        LogRecord record = new LogRecord.Moved(branch.name(), commit, new LogRecord.Working.Committed(), note);
        // What is being folded would be put in place of what the branch is moved to; so it is waited for.
        branch.folding().lock();
        try {
            return branch.changeIf(newest -> newest.isAt(expected), record, newest -> newest.movedTo(state));
        } finally {
            branch.folding().unlock();
        }
    }

    private boolean create(Peer.Offer offer, Note note) {
        try {
            depot.branches()
                    .create(RefNames.shown(offer.ref().name()), offer.ref().commit(), null, note);
            return true;
        } catch (DatabaseException.Incorrect forestalled) {
            if (forestalled.code() == ErrorCode.BRANCH_EXISTS) {
                return false;
            }
            throw forestalled;
        }
    }

    private boolean tag(Peer.Offer offer, Note note) {
        RefValue value = tagged(offer.ref(), depot.storage().clock().millis());
        try {
            depot.branches().place(offer.ref().name(), value, note, found -> {
                if (found != null) {
                    throw new TagTaken();
                }
            });
            return true;
        } catch (TagTaken taken) {
            return false;
        }
    }

    /// Leaves the making of a tag that another one forestalled.
    private static final class TagTaken extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /// A tag that came from elsewhere.
    static RefValue tagged(Bundle.Ref ref, long millis) {
        RefValue told = ref.detail().length == 0
                ? RefValue.tag(ref.commit(), null, 0, millis)
                : RefValue.decode(ref.name(), ref.detail());
        return RefValue.tag(ref.commit(), told.note(), 0, millis);
    }

    /// The name of a commit in the words of the API.
    public static CommitId id(Hash hash) {
        return new CommitId(hash.toString());
    }
}
