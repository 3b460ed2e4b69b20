package coppice.api.structure;

import java.time.Instant;

/// Something that happened, as an [EventLog] has it.
///
/// @param id its place among all: the moment, and what tells it from others of the same moment; sorts as text
/// @param at when it happened
/// @param value what happened
public record Event<V>(String id, Instant at, V value) {}
