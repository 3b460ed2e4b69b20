package coppice.engine.query;

import coppice.engine.state.SpaceState;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;

/// An index over the rows that a query is asked of, in the same state.
///
/// @param traits what it is in every state
/// @param entries has its entries; asked where the index may be of use
/// @param lag about how many rows have to be looked at before the entries are there; told how many are too many,
///     it gives some number beyond where there are more
public record OrderedIndex(IndexTraits traits, Supplier<SpaceState> entries, LongUnaryOperator lag) {}
