package coppice.api.structure;

/// What is known of a [Channel].
///
/// @param name its name
/// @param messages the Java type of its messages, as its source names it; `json` while only untyped users know it
/// @param subscribers how many listen, those of patterns included
/// @param kept how many messages its history has
/// @param waiting how many messages wait in the buffers of subscribers
/// @param dropped how many messages of this channel and others were dropped by those who listen now
public record ChannelStatus(String name, String messages, int subscribers, int kept, long waiting, long dropped) {}
