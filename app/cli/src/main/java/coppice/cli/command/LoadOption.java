package coppice.cli.command;

import coppice.api.structure.LoadMode;
import picocli.CommandLine.Option;

/// The option of a command that loads a structure: what becomes of what is in it.
final class LoadOption {
    @Option(names = "--replace", description = "With load: what is in it goes.")
    private boolean replace;

    LoadMode mode() {
        return replace ? LoadMode.REPLACE : LoadMode.ADD;
    }
}
