package coppice.engine.edit;

import coppice.engine.live.Branches;
import coppice.engine.live.LiveBranch;
import coppice.engine.live.RefNames;
import coppice.engine.live.Reflog;
import coppice.engine.log.Note;
import coppice.engine.log.RefMove;
import coppice.engine.refs.Placing;
import coppice.engine.version.Versions;
import coppice.engine.waiting.Waiting;
import java.util.Optional;

/// Takes branches back to where they were before their last move.
public final class MovingBack {
    private final Branches branches;
    private final Versions versions;
    private final Placing placing;
    private final Stashing stashing;
    private final Waiting waiting;

    public MovingBack(Branches branches, Versions versions, Placing placing, Stashing stashing, Waiting waiting) {
        this.branches = branches;
        this.versions = versions;
        this.placing = placing;
        this.stashing = stashing;
        this.waiting = waiting;
    }

    /// Takes a branch back, if nothing would be lost. An entry of the stash that went as it came back is put back
    /// first: a crash between the two leaves it there and on the branch.
    ///
    /// @param last the move to take back
    /// @return whether it did
    boolean move(LiveBranch branch, Reflog.Entry last, Note note) {
        RefMove move = last.move();
        placing.ask(RefNames.head(branch.name()), note, move.to(), move.from());
        Optional<String> entry = stashing.putBack(last, note);
        boolean done = versions.moveBack(branch, move, note);
        if (done) {
            waiting.forgetWhatIsOver(branch);
        } else {
            entry.ifPresent(ref -> branches.remove(ref, note, _ -> {}));
        }
        return done;
    }
}
