package coppice.expression;

/// An expression made ready: evaluates itself for rows. Immutable; for any number of threads.
@FunctionalInterface
interface Code {
    Value value(Row row);
}
