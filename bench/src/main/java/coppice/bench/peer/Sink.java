package coppice.bench.peer;

/// Keeps the compiler from leaving out work whose result nobody needs.
final class Sink {
    static volatile long last;

    private Sink() {}

    /// Takes note of a by-product and hands back the result.
    static long keep(long byProduct, long result) {
        last = byProduct;
        return result;
    }
}
