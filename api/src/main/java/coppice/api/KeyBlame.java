package coppice.api;

/// A key and the commit that gave it the value it has; see [HistoryView#blame].
public record KeyBlame(byte[] key, Commit commit) {}
