package coppice.cli.command;

import java.util.Optional;

/// Prints the version of Coppice and of the Java that runs it.
final class VersionTask extends Task {
    @Override
    public Integer call() {
        String version = Optional.ofNullable(VersionTask.class.getPackage().getImplementationVersion())
                .orElse("(not packaged)");
        shell().out().println("coppice " + version + ", Java " + Runtime.version());
        return OK;
    }
}
