package coppice.engine.query;

/// What work costs, measured in rows that are read one after another and looked at.
final class Cost {
    /// To look at what is read already.
    static final double LOOK = 0.5;

    /// To read an entry of an index behind another.
    static final double ENTRY = 0.5;

    /// To find a place in an index.
    static final double SEEK = 3;

    /// To read one row by its key.
    static final double READ = 5;

    /// To put a row in order, for each of many.
    static final double SORT = 1;

    /// To make entries of an index of a row that is not in it.
    static final double DERIVE = 4;

    private Cost() {}
}
