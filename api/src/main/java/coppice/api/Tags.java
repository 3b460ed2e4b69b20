package coppice.api;

import java.util.List;
import java.util.Optional;

/// The tags of a database: names that never move. Safe for many threads. Each change is durable when it returns.
public interface Tags {
    /// Names what a ref names now. O(1) and one shared sync.
    ///
    /// @param name as for a branch
    /// @throws DatabaseException.Incorrect when the name is not valid, or names another commit already: delete that
    ///     tag first
    /// @throws DatabaseException.NotFound when the ref names nothing
    Tag create(String name, String ref);

    /// As [#create], with a message, who made it, and a signature if the message has a signer.
    ///
    /// @param message its text says what the tag stands for; metadata is not kept
    Tag annotate(String name, String ref, CommitMessage message);

    /// The tag of a name. O(log n).
    Optional<Tag> find(String name);

    /// All tags, in the order of their names. O(n).
    List<Tag> list();

    /// Removes a tag. [Database#undo()] brings it back.
    ///
    /// @throws DatabaseException.NotFound when there is none of this name
    void delete(String name);
}
