package coppice.api.structure;

import java.util.List;

/// The channels of a database; see [Channel].
public interface Channels {
    /// A channel. Costs nothing.
    ///
    /// @param name 1 to 240 bytes of UTF-8 that do not begin with `@`; names of structures are others
    /// @throws coppice.api.DatabaseException.Incorrect when the name cannot be one. Its calls are refused with the
    ///     same while the channel is used for messages of another type (all may be used untyped)
    <M> Channel<M> channel(String name, TypeRef<M> messages);

    /// All channels, also later ones, whose names fit a glob, as [coppice.api.KeyPattern] has it. Of channels of
    /// another type it gets no messages; untyped it gets all.
    <M> ChannelView<M> matching(String glob, TypeRef<M> messages);

    /// Those that somebody listens to or that keep a history, in the order of their names.
    List<ChannelStatus> all();
}
