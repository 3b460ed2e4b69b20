package coppice.testing.contract;

/// Somebody, as values of structures.
record Person(String name, int age) {
    static final Person ANN = new Person("Ann", 41);
    static final Person BOB = new Person("Bob", 27);
}
