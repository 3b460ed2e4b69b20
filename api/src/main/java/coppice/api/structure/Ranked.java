package coppice.api.structure;

/// A node of a graph, with a figure.
public record Ranked(String node, double rank) {}
