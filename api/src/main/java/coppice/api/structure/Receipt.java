package coppice.api.structure;

/// Says that a job was got, and by whom: to acknowledge it, to give it back or to keep it longer. Text that can be
/// handed on.
///
/// @param job the id of the job
/// @param lease unique for each time that a job is got
public record Receipt(String job, String lease) {}
