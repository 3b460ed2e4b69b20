package coppice.api;

/// What a backup or a restore did.
///
/// @param commits commits copied that were not there before
/// @param traffic what was moved
public record BackupReport(long commits, Traffic traffic) {}
