package coppice.cli.demo;

import coppice.api.Snapshot;
import java.util.function.Function;

/// Something to look at in several states of the database.
///
/// @param head what it is
/// @param read reads it in a state
record Probe(String head, Function<Snapshot, String> read) {}
