package coppice.api;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What is written into a commit besides the data.
///
/// @param text what and why; up to [Limits#MESSAGE_BYTES_MAX] bytes of UTF-8, may be empty
/// @param author who made the change; empty for [Options#author()]
/// @param metadata further facts by name (agent, tool, source ...)
public record CommitMessage(String text, Optional<String> author, Map<String, String> metadata) {
    public CommitMessage {
        metadata = Map.copyOf(metadata);
    }

    /// A message by the default author.
    public static CommitMessage of(String text) {
        return new CommitMessage(text, Optional.empty(), Map.of());
    }

    /// This message by another author.
    public CommitMessage by(String name) {
        return new CommitMessage(text, Optional.of(name), metadata);
    }

    /// This message with one more fact.
    public CommitMessage with(String name, String value) {
        Map<String, String> more = new TreeMap<>(metadata);
        more.put(name, value);
        return new CommitMessage(text, author, more);
    }
}
