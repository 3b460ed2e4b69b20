package coppice.api.structure;

/// What became of a job that was put.
///
/// @param id of the job; that of the one that was there already, when there is one of the same deduplication key
/// @param isNew whether it is there because of this call
public record Placed(String id, boolean isNew) {}
