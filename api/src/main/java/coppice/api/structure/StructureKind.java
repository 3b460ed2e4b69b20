package coppice.api.structure;

/// The kinds of structures.
public enum StructureKind {
    /// Values by key; see [Dict].
    DICT,
    /// Jobs that wait for somebody to do them; see [WorkQueue].
    QUEUE,
    /// Events by when they happened; see [EventLog].
    LOG,
    /// A number that is counted; see [Counter].
    COUNTER,
    /// Values of which each is there once; see [SetOf].
    SET,
    /// One value; see [Register].
    REGISTER,
    /// Values in an order of their own; see [Sequence].
    LIST,
    /// Documents that are found by what they mean; see [Documents].
    COLLECTION,
    /// Nodes and the edges between them; see [Graph].
    GRAPH,
    /// Bytes of any length by name; see [Blobs].
    BLOBS,
    /// What is known of values that are not kept; see [Sketch].
    SKETCH;

    /// Its name as it is stored and shown, in lower case.
    public String text() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
