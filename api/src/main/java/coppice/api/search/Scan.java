package coppice.api.search;

/// In which form all vectors are looked at to find the nearest. A search takes about what reading takes, so
/// shorter forms take less time; vectors that may be among the nearest by their short form are compared in full
/// each time. What is told short is made from the vectors when a search first wants it, and kept in memory beside
/// them.
///
/// [Similarity#MANHATTAN] has no short forms, nor have numbers beyond 1e15: these vectors are looked at in full.
public enum Scan {
    /// In full: 4 bytes a number. The answer is the right one.
    FLOAT,
    /// 1 byte a number, and how much that leaves out at most. The answer is the right one, whatever the vectors
    /// are.
    INT8,
    /// 1 bit a number, and how much that is likely to leave out. The answer may lack some of the nearest: see
    /// [CollectionVectors#recall].
    BINARY
}
