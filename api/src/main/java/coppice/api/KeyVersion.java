package coppice.api;

import java.util.Optional;

/// One change of one key in its history; see [HistoryView#versions].
///
/// @param commit the commit that changed it
/// @param before the value in the commit's first parent, nothing when the key was not there
/// @param after the value in the commit, nothing when it removed the key
public record KeyVersion(Commit commit, Optional<byte[]> before, Optional<byte[]> after) {}
