import org.jspecify.annotations.NullMarked;

/// The command line.
@NullMarked
module coppice.cli {
    requires coppice.api;
    requires coppice.engine;
    requires coppice.kernel;
    requires info.picocli;
    requires com.github.luben.zstd_jni;
    requires coppice.json;
    requires de.siegmar.fastcsv;
    requires static transitive org.jspecify;

    opens coppice.cli.command to
            info.picocli;
}
