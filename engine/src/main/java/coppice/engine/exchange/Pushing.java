package coppice.engine.exchange;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.Push;
import coppice.api.PushOutcome;
import coppice.api.PushOutcome.Reason;
import coppice.engine.live.LiveBranch;
import coppice.engine.live.RefNames;
import coppice.engine.log.Note;
import coppice.engine.state.Roots;
import coppice.kernel.bytes.Hash;
import coppice.kernel.exchange.Bundle;
import coppice.kernel.history.History;
import coppice.kernel.history.RefValue;
import coppice.kernel.history.Refs;
import java.util.List;
import java.util.Optional;

/// Offers a commit of this database to a peer, under the rules for moving refs.
public final class Pushing {
    private final Depot depot;
    private final String remote;
    private final Peer peer;
    private final Push push;
    private final Flow flow;

    /// @param remote under whose name it is noted here where the ref is there
    public Pushing(Depot depot, String remote, Peer peer, Push push) {
        this.depot = depot;
        this.remote = remote;
        this.peer = peer;
        this.push = push;
        this.flow = new Flow(depot.storage().clock(), push.progress());
    }

    /// Pushes. The other side decides whether the ref moves there. Good for one time.
    public PushOutcome run() {
        Bundle.Ref offered = offered();
        // Held, so that no sweep here takes away what is being read from there.
        Roots.Hold hold = depot.compaction()
                .excluded(() -> depot.storage().roots().hold(this, List.of(new Roots.OfCommit(offered.commit()))));
        try {
            return push(offered);
        } finally {
            hold.release();
        }
    }

    private PushOutcome push(Bundle.Ref offered) {
        Optional<Hash> there = peer.refs().stream()
                .filter(ref -> ref.name().equals(offered.name()))
                .map(Bundle.Ref::commit)
                .findFirst();
        if (there.isPresent() && there.get().equals(offered.commit())) {
            remember(offered);
            return new PushOutcome.UpToDate(Receiving.id(offered.commit()));
        }
        boolean forward = there.isEmpty() || descends(offered.commit(), there.get());
        Optional<Reason> refusal = refusal(offered.name(), there, forward);
        if (refusal.isPresent()) {
            return new PushOutcome.Rejected(refusal.get(), there.map(Receiving::id));
        }
        PushOutcome outcome = peer.receive(
                new Peer.Offer(offered, there, depot.storage().history().floor()), depot.source(), flow);
        if (outcome instanceof PushOutcome.Pushed pushed) {
            remember(offered);
            return new PushOutcome.Pushed(pushed.commit(), pushed.before(), !forward, pushed.traffic());
        }
        return outcome;
    }

    private Optional<Reason> refusal(String ref, Optional<Hash> there, boolean forward) {
        if (ref.startsWith(RefNames.TAGS)) {
            return there.map(_ -> Reason.TAG_EXISTS);
        }
        boolean leaseBroken = push.lease().isPresent() && !push.lease().equals(there.map(Receiving::id));
        if (leaseBroken) {
            return Optional.of(Reason.MOVED);
        }
        return forward || push.force() ? Optional.empty() : Optional.of(Reason.NOT_FAST_FORWARD);
    }

    /// Whether what is there is an ancestor of what comes. What is not here cannot be one.
    private boolean descends(Hash commit, Hash there) {
        History history = depot.storage().history();
        return depot.storage().packs().contains(there) && history.isHere(there) && history.isAncestor(there, commit);
    }

    /// What is pushed, by its name over there.
    private Bundle.Ref offered() {
        if (push.ref().startsWith(RefNames.TAGS)) {
            RefValue tag = depot.branches().ref(push.ref()).orElseThrow(this::unknown);
            Bundle.Ref bundled = LocalPeer.bundled(new Refs.Ref(push.ref(), tag));
            return new Bundle.Ref(push.to(), bundled.commit(), bundled.detail());
        }
        LiveBranch branch = depot.branches().find(push.ref()).orElseThrow(this::unknown);
        return new Bundle.Ref(
                RefNames.head(RefNames.checkBranch(push.to())), branch.shown().commit(), new byte[0]);
    }

    private DatabaseException unknown() {
        return new DatabaseException.NotFound(
                        ErrorCode.UNKNOWN_REF,
                        "There is no branch and no tag '" + push.ref() + "' here to push: see branches()")
                .with("ref", push.ref());
    }

    private void remember(Bundle.Ref offered) {
        if (offered.name().startsWith(RefNames.HEADS)) {
            Note note = depot.storage().note("push", remote);
            depot.branches()
                    .place(
                            Fetching.tracking(remote, offered.name()),
                            RefValue.pointer(offered.commit(), 0, note.millis()),
                            note,
                            _ -> {});
        }
    }
}
