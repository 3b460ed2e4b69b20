package coppice.structure.collection;

/// How many documents a search is to find.
final class Wanted {
    /// Unless told otherwise.
    static final int USUAL = 10;

    private Wanted() {}

    static int checked(int number) {
        if (number < 1) {
            throw new IllegalArgumentException("At least 1 document is to be found, not " + number);
        }
        return number;
    }
}
