package coppice.cli.command;

/// Says how the benchmarks are run: they and their peers are a program of their own, which the launcher starts.
final class BenchTask extends Task {
    @Override
    public Integer call() {
        throw new Failure("the benchmarks are a program of their own; run them from the source tree: ./coppice bench");
    }
}
