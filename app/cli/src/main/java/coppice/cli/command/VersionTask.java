package coppice.cli.command;

import coppice.cli.render.Text;
import coppice.json.Json;
import java.util.Optional;

/// Prints the version of Coppice and of the Java that runs it.
final class VersionTask extends ReportingTask {
    @Override
    public Integer call() {
        String version = Optional.ofNullable(VersionTask.class.getPackage().getImplementationVersion())
                .orElse("(not packaged)");
        result(
                Text.of("coppice " + version + ", Java " + Runtime.version()),
                Json.object("coppice", version, "java", Runtime.version().toString()));
        return OK;
    }
}
