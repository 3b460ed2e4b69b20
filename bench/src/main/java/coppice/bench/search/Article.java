package coppice.bench.search;

/// A document that is searched by its words, of which each is followed by one space, but for the last of a text.
public record Article(String title, String body) {}
