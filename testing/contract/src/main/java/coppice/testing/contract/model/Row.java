package coppice.testing.contract.model;

/// Where a value is.
record Row(String space, String key) implements Comparable<Row> {
    @Override
    public int compareTo(Row other) {
        int bySpace = space.compareTo(other.space);
        return bySpace != 0 ? bySpace : key.compareTo(other.key);
    }

    @Override
    public String toString() {
        return space + "/" + key;
    }
}
