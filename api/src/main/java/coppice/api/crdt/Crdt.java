package coppice.api.crdt;

/// A value that merges by itself. Merging is commutative, associative and idempotent: whoever merges what, in which
/// order and how often, arrives at the same value and the same bytes. Immutable; safe for all threads.
///
/// @param <C> the type itself
public sealed interface Crdt<C extends Crdt<C>>
        permits GrowOnlyCounter, Counter, LastWriterRegister, MultiValueRegister, AddWinsSet, AddWinsMap {
    /// What it is.
    CrdtKind kind();

    /// The least value that holds all that happened to either. Costs the size of both.
    C merge(C other);

    /// Its bytes, to be stored. Equal values have equal bytes.
    byte[] encode();

    /// Reads any kind of value.
    ///
    /// @throws IllegalArgumentException when the bytes are not exactly what [#encode()] writes
    static Crdt<?> decode(byte[] bytes) {
        return switch (Reader.kind(bytes)) {
            case GROW_ONLY_COUNTER -> GrowOnlyCounter.decode(bytes);
            case COUNTER -> Counter.decode(bytes);
            case LAST_WRITER_REGISTER -> LastWriterRegister.decode(bytes);
            case MULTI_VALUE_REGISTER -> MultiValueRegister.decode(bytes);
            case ADD_WINS_SET -> AddWinsSet.decode(bytes);
            case ADD_WINS_MAP -> AddWinsMap.decode(bytes);
        };
    }

    /// Merges two encoded values of a kind.
    ///
    /// @throws IllegalArgumentException when either is not a value of that kind
    static byte[] merge(CrdtKind kind, byte[] one, byte[] other) {
        return switch (kind) {
            case GROW_ONLY_COUNTER ->
                GrowOnlyCounter.decode(one).merge(GrowOnlyCounter.decode(other)).encode();
            case COUNTER -> Counter.decode(one).merge(Counter.decode(other)).encode();
            case LAST_WRITER_REGISTER ->
                LastWriterRegister.decode(one)
                        .merge(LastWriterRegister.decode(other))
                        .encode();
            case MULTI_VALUE_REGISTER ->
                MultiValueRegister.decode(one)
                        .merge(MultiValueRegister.decode(other))
                        .encode();
            case ADD_WINS_SET ->
                AddWinsSet.decode(one).merge(AddWinsSet.decode(other)).encode();
            case ADD_WINS_MAP ->
                AddWinsMap.decode(one).merge(AddWinsMap.decode(other)).encode();
        };
    }
}
