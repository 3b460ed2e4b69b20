package coppice.api.crdt;

/// The kinds of values that merge by themselves.
public enum CrdtKind {
    /// [GrowOnlyCounter].
    GROW_ONLY_COUNTER(1),
    /// [Counter].
    COUNTER(2),
    /// [LastWriterRegister].
    LAST_WRITER_REGISTER(3),
    /// [MultiValueRegister].
    MULTI_VALUE_REGISTER(4),
    /// [AddWinsSet].
    ADD_WINS_SET(5),
    /// [AddWinsMap].
    ADD_WINS_MAP(6);

    private final int code;

    CrdtKind(int code) {
        this.code = code;
    }

    /// The number in encoded values; never changes its meaning.
    public int code() {
        return code;
    }
}
