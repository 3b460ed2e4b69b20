package coppice.kernel.store;

/// Encoded records, one after the other: `ends[i]` is where record `i` ends in `bytes`.
@SuppressWarnings("ArrayRecordComponent") // Lives for one write, is never compared.
record Records(byte[] bytes, int[] ends) {
    int length() {
        return ends.length == 0 ? 0 : ends[ends.length - 1];
    }

    int start(int record) {
        return record == 0 ? 0 : ends[record - 1];
    }
}
