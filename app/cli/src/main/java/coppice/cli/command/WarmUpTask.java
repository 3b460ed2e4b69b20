package coppice.cli.command;

/// Does what commands do, without a trace: the launcher runs it once to record which classes a start needs.
final class WarmUpTask extends Task {
    static final String NAME = "warm-up";

    @Override
    public Integer call() {
        return OK;
    }
}
