package coppice.api;

/// What concurrent transactions of one branch may do to each other.
public enum Isolation {
    /// Reads see the state at the beginning and own writes; no lost updates, since of two transactions that write
    /// the same key the later fails. Write skew is possible: two may each read what the other writes.
    SNAPSHOT,
    /// As if transactions ran one after the other: keys and ranges read are checked at commit as well.
    SERIALIZABLE
}
