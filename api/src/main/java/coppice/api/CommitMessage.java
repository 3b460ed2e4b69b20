package coppice.api;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a commit is made with, besides the data.
///
/// @param text what and why; up to [Limits#MESSAGE_BYTES_MAX] bytes of UTF-8, may be empty
/// @param author who made the change; empty for [Options#author()]
/// @param committer who makes the commit; empty for [Options#author()]
/// @param authored when the change was made; empty for now
/// @param metadata further facts by name (agent, tool, source ...)
/// @param signer signs the commit; empty for none
/// @param whenEmpty what to do when nothing has changed
public record CommitMessage(
        String text,
        Optional<String> author,
        Optional<String> committer,
        Optional<Instant> authored,
        Map<String, String> metadata,
        Optional<Signer> signer,
        EmptyCommit whenEmpty) {
    public CommitMessage {
        metadata = Map.copyOf(metadata);
    }

    /// A message by the default author.
    public static CommitMessage of(String text) {
        return new CommitMessage(
                text,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                EmptyCommit.MAKE);
    }

    /// This message with another text.
    public CommitMessage text(String other) {
        return new CommitMessage(other, author, committer, authored, metadata, signer, whenEmpty);
    }

    /// This message by another author.
    public CommitMessage by(String name) {
        return new CommitMessage(text, Optional.of(name), committer, authored, metadata, signer, whenEmpty);
    }

    /// This message, committed by somebody else than the author.
    public CommitMessage committedBy(String name) {
        return new CommitMessage(text, author, Optional.of(name), authored, metadata, signer, whenEmpty);
    }

    /// This message for a change that was made at another time than now.
    public CommitMessage at(Instant time) {
        return new CommitMessage(text, author, committer, Optional.of(time), metadata, signer, whenEmpty);
    }

    /// This message with one more fact.
    public CommitMessage with(String name, String value) {
        Map<String, String> more = new TreeMap<>(metadata);
        more.put(name, value);
        return new CommitMessage(text, author, committer, authored, more, signer, whenEmpty);
    }

    /// This message, signed.
    public CommitMessage signed(Signer by) {
        return new CommitMessage(text, author, committer, authored, metadata, Optional.of(by), whenEmpty);
    }

    /// This message, with another answer to nothing having changed.
    public CommitMessage whenEmpty(EmptyCommit what) {
        return new CommitMessage(text, author, committer, authored, metadata, signer, what);
    }
}
