package coppice.api.structure;

import java.time.Instant;

/// A job that was got from a [WorkQueue], and that nobody else gets meanwhile.
///
/// @param id of the job
/// @param value what was put
/// @param attempt how often it was got, this time included
/// @param until when others may get it, unless it is acknowledged or kept longer
/// @param receipt to acknowledge it with
public record Delivery<V>(String id, V value, int attempt, Instant until, Receipt receipt) {}
