package coppice.engine.refs;

import coppice.api.ReflogEntry;
import coppice.api.SignatureCheck;
import coppice.engine.live.Branches;
import coppice.engine.live.RefNames;
import coppice.engine.live.Reflog;
import coppice.engine.log.Note;
import coppice.engine.log.RefMove;
import coppice.engine.terms.Descriptions;
import coppice.engine.version.Signing;
import coppice.engine.version.Versions;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.RefValue;
import coppice.kernel.history.TagNote;
import java.security.PublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// What is known of refs besides where they are, in the words of the API: where they have been, and who vouches for
/// them.
public final class Reflogs {
    private final Branches branches;
    private final RefResolver refs;
    private final Versions versions;

    public Reflogs(Branches branches, RefResolver refs, Versions versions) {
        this.branches = branches;
        this.refs = refs;
        this.versions = versions;
    }

    /// The moves of a ref, newest first; also of one that is gone.
    public List<ReflogEntry> of(String name) {
        String ref = refs.whole(name).orElse(RefNames.isWhole(name) ? name : RefNames.head(name));
        List<ReflogEntry> entries = new ArrayList<>();
        branches.visitMoves(ref, (lsn, move) -> entries.add(describe(new Reflog.Entry(ref, lsn, move))));
        return entries;
    }

    /// An entry in the words of the API.
    public static ReflogEntry describe(Reflog.Entry entry) {
        RefMove move = entry.move();
        Note note = move.note();
        return new ReflogEntry(
                RefNames.shown(entry.ref()),
                Instant.ofEpochMilli(note.millis()),
                note.who(),
                note.action(),
                note.text(),
                Optional.ofNullable(move.from()).map(Descriptions::id),
                Optional.ofNullable(move.to()).map(Descriptions::id));
    }

    /// Says what the signature of a tag or commit is worth.
    public SignatureCheck verify(String name, Collection<PublicKey> trusted) {
        String ref = refs.whole(name).orElse("");
        RefValue value = ref.startsWith(RefNames.TAGS) ? branches.ref(ref).orElse(null) : null;
        TagNote note = value == null ? null : value.note();
        if (value != null && note != null) {
            Hash commit = value.commit();
            return Signing.check(note.signature(), note.signed(ref.substring(RefNames.TAGS.length()), commit), trusted);
        }
        return versions.verify(refs.resolve(name), trusted);
    }
}
