package coppice.api.structure;

import java.time.Instant;

/// What was published on a [Channel].
///
/// @param channel the name of the channel
/// @param id greater than those of all messages before it on the channel; never used again, also when the database
///     is opened anew
/// @param at when it was published
/// @param value what was published: an object of this reader's own
public record Message<M>(String channel, long id, Instant at, M value) {}
