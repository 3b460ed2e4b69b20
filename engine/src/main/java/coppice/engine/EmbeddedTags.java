package coppice.engine;

import coppice.api.CommitMessage;
import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.Tag;
import coppice.api.Tags;
import coppice.engine.live.Branches;
import coppice.engine.live.RefNames;
import coppice.engine.refs.Placing;
import coppice.engine.refs.RefResolver;
import coppice.engine.storage.Gate;
import coppice.engine.storage.Storage;
import coppice.engine.terms.Descriptions;
import coppice.engine.upkeep.Compaction;
import coppice.engine.version.Signing;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.RefValue;
import coppice.kernel.history.TagNote;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The API's face of the tags.
final class EmbeddedTags implements Tags {
    private final Storage storage;
    private final Branches branches;
    private final Placing placing;
    private final RefResolver refs;
    private final Compaction compaction;
    private final Gate gate;

    EmbeddedTags(Parts parts) {
        this.storage = parts.storage();
        this.branches = parts.branches();
        this.placing = parts.placing();
        this.refs = parts.refs();
        this.compaction = parts.compaction();
        this.gate = parts.gate();
    }

    @Override
    public Tag create(String name, String ref) {
        return gate.guarded(() -> compaction.keeping(() -> refs.resolve(ref), commit -> make(name, commit, null)));
    }

    @Override
    public Tag annotate(String name, String ref, CommitMessage message) {
        return gate.guarded(() ->
                compaction.keeping(() -> refs.resolve(ref), commit -> make(name, commit, note(name, commit, message))));
    }

    private TagNote note(String name, Hash commit, CommitMessage message) {
        String tagger = message.author().orElse(storage.author());
        long millis = message.authored()
                .map(Instant::toEpochMilli)
                .orElse(storage.clock().millis());
        try {
            TagNote note = new TagNote(tagger, millis, message.text(), coppice.kernel.history.Signature.NONE);
            return message.signer()
                    .map(signer -> note.signed(Signing.sign(signer, note.signed(name, commit))))
                    .orElse(note);
        } catch (IllegalArgumentException limit) {
            throw new DatabaseException.Incorrect(ErrorCode.INVALID_MESSAGE, String.valueOf(limit.getMessage()), limit);
        }
    }

    private Tag make(String name, Hash commit, @Nullable TagNote note) {
        String ref = RefNames.TAGS + RefNames.checkTag(name);
        RefValue value = RefValue.tag(commit, note, 0, storage.clock().millis());
        placing.place(
                ref,
                value,
                storage.note("tag", "created at " + Descriptions.id(commit).abbreviated()),
                before -> {
                    if (before != null && !before.pointsAs(value)) {
                        throw new DatabaseException.Incorrect(
                                        ErrorCode.TAG_EXISTS,
                                        "There is a tag '" + name + "' already, at commit "
                                                + Descriptions.id(before.commit())
                                                        .abbreviated()
                                                + ": tags do not move; take another name, or delete it first")
                                .with("tag", name);
                    }
                });
        return describe(ref, value);
    }

    @Override
    public Optional<Tag> find(String name) {
        return gate.guarded(() ->
                branches.ref(RefNames.TAGS + name).map(value -> describe(RefNames.TAGS + name, value)));
    }

    @Override
    public List<Tag> list() {
        return gate.guarded(() -> branches.list(RefNames.TAGS).stream()
                .map(ref -> describe(ref.name(), ref.value()))
                .toList());
    }

    @Override
    public void delete(String name) {
        gate.guarded(() -> {
            placing.remove(RefNames.TAGS + name, storage.note("tag", "deleted"), before -> {
                if (before == null) {
                    throw new DatabaseException.NotFound(
                                    ErrorCode.UNKNOWN_TAG, "There is no tag '" + name + "': see tags().list()")
                            .with("tag", name);
                }
            });
            return true;
        });
    }

    private static Tag describe(String ref, RefValue value) {
        return new Tag(
                ref.substring(RefNames.TAGS.length()),
                Descriptions.id(value.commit()),
                Instant.ofEpochMilli(value.createdAt()),
                Optional.ofNullable(value.note())
                        .map(note -> new Tag.Annotation(
                                note.tagger(),
                                Instant.ofEpochMilli(note.taggedAt()),
                                note.message(),
                                !note.signature().isEmpty())));
    }
}
