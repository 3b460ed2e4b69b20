package coppice.api.search;

import java.time.Duration;

/// How a search by text was answered.
///
/// @param query what was understood, in words of this library
/// @param documents how many there are with text
/// @param segments in how many pieces their index is
/// @param isConditionFound whether an index found the documents that meet the condition, which was then only
///     looked at within these
/// @param tested for how many documents the condition was looked at
/// @param preparing how long it took until the index was that of this state
/// @param searching how long it took from then on, documents included
public record TextPlan(
        String query,
        long documents,
        int segments,
        boolean isConditionFound,
        long tested,
        Duration preparing,
        Duration searching) {}
